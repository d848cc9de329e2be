/** Texts of deleting training runs. */
export const runDeletion = {
  open: 'Delete…',
  title: (count: number) => (count === 1 ? 'Delete a run' : `Delete ${count} runs`),
  hint: 'Losses, settings, list of data and notes of a deleted run are gone for good: this cannot be undone. The log keeps that it was there. Models stay.',
  asking: 'Looking at what rests on them…',
  list: 'Runs to delete',
  goes: 'is deleted',
  goesItsModelStays: 'is deleted; its model stays',
  goesModelStays: (model: string) => `is deleted; its model ${model} stays`,
  stays: (reason: string) => `stays: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
  doDelete: (count: number) => (count === 1 ? 'Delete 1 run' : `Delete ${count} runs`),
  none: 'None of them can be deleted.',
  done: (deleted: number, kept: number) =>
    [
      deleted === 1 ? '1 run deleted' : `${deleted} runs deleted`,
      ...(kept === 0 ? [] : [`${kept} kept`]),
    ].join(', '),
} as const
