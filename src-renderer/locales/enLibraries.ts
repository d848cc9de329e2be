/** Texts of the list of libraries opened lately. */
export const libraries = {
  title: 'Libraries',
  hint: 'Opening another starts the program again. Nothing is moved or deleted.',
  list: 'Libraries opened lately',
  openNow: 'Open now',
  default: 'Default',
  missing: 'Not there',
  openedAt: (moment: string) => `opened ${moment}`,
  open: 'Open',
  openOf: (folder: string) => `Open ${folder}`,
  forget: 'Forget',
  forgetOf: (folder: string) => `Forget ${folder}`,
  other: 'Another folder…',
  otherHint: 'An empty folder becomes a new library.',
  named:
    'PIMOE_LIBRARY names the library of this window. Start the program without it to choose another here.',
  gone: (folder: string) => `The library chosen last was not there: ${folder}.`,
  goneAdvice: 'The default one was opened. Connect its disk and open it again, or forget it.',
  jobs: (count: number) =>
    count === 1
      ? 'A job is running: opening another library ends it.'
      : `${count} jobs are running: opening another library ends them.`,
} as const
