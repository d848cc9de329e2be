/** Texts of the published data sets. */
export const datasets = {
  title: 'Data sets',
  intro: 'Published measurements that the training presets name.',
  drop: 'Drop the downloaded zip archive or its folder anywhere on this window; only files that are understood are kept.',
  add: 'Add files…',
  doi: 'DOI',
  publication: 'Published by',
  licence: 'Licence',
  noLicence: 'not known here; the page behind the DOI states it',
  size: 'Cells that presets name',
  found: (found: number, cells: number) => `${found} of ${cells} in the library`,
  presets: (name: string) => `Presets that use ${name}`,
  preset: 'Preset',
  inLibrary: 'In the library',
  of: (found: number, cells: number) => `${found} of ${cells}`,
  missing: 'Missing',
} as const
