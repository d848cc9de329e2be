import { counted } from './writing.ts'

/** Texts of files dropped on the window. */
export const drop = {
  title: 'Drop anywhere on this window',
  hint: 'Everything is checked first; nothing is stored that was not understood.',
  kinds: {
    import: 'Measurements, and whatever else',
    scenarios: 'Scenarios (.json)',
    models: 'Checkpoints (.pth, .safetensors)',
    reports: 'Reports to verify (.pdf)',
  },
  files: (count: number) => (count === 1 ? '1 file' : `${counted(count)} files`),
  unknown: (count: number) =>
    count === 1
      ? '1 file will be told by its name, once dropped.'
      : `${counted(count)} files will be told by their names, once dropped.`,
  took: (count: number) =>
    count === 1 ? '1 file went where it belongs' : `${counted(count)} files went where they belong`,
  went: (what: string, place: string) => `${what} →\u00A0${place}`,
  notTaken: (name: string) => `${name} was not taken in`,
  show: (place: string) => `Show ${place}`,
} as const
