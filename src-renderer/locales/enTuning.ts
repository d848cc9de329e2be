import { counted } from './writing.ts'

/** Texts of tuning a model on one's own cells. */
export const tuning = {
  open: 'Tune on own cells…',
  job: (name: string) => `Tuning ${name} on own cells`,
  title: (name: string) => `Tune ${name} on own cells`,
  hint: (cells: number, rows: number) =>
    `Choose ${cells} or more cells of one type with measured capacities, each with ${rows} or more usable cycles. Each is judged by a model tuned on the others; nothing is written before you say so.`,
  noCells: 'The library holds no cells yet.',
  addCells: 'Add cells',
  search: 'Search cells',
  cells: 'Cells to tune on',
  cellColumns: {
    tick: 'Use',
    name: 'Cell',
    type: 'Type',
    cycles: 'Cycles',
    rows: 'Usable',
    reason: 'Why it does not count',
  },
  choose: (name: string) => `Choose ${name}`,
  counting: (done: number, total: number) => `Counting usable cycles, ${done} of ${total} cells…`,
  waiting: '…',
  found: (shown: number, found: number) =>
    shown < found
      ? `The first ${shown} of ${counted(found)} cells; search for others`
      : found === 1
        ? '1 cell'
        : `${found} cells`,
  noneFound: 'No cell holds these words.',
  chosen: (cells: number, rows: number) =>
    `${cells === 1 ? '1 cell' : `${cells} cells`} chosen, ${rows === 1 ? '1 usable cycle' : `${counted(rows)} usable cycles`}`,
  tooFew: (cells: number) => `${cells} or more are needed.`,
  tooMany: (cells: number) => `At most ${cells} can be taken.`,
  chooseAll: 'Choose all usable',
  chooseNone: 'Choose none',
  judge: 'Judge before and after',
  running: (done: number, total: number) => (total === 0 ? 'Tuning…' : `Tuning, step ${done} of ${total}…`),
  table: 'Before and after, each cell judged by a model tuned on the others',
  columns: {
    cell: 'Cell',
    rows: 'Rows',
    error: 'Mean error',
    bias: 'Bias',
    coverage: 'Inside 90 %',
    width: 'Width',
    trajectory: 'Trajectory',
  },
  all: 'All cells',
  change: (before: string, after: string) => `${before} → ${after}`,
  legend:
    'Before → after. Errors, inside and width of the present capacity, relative to the measured one; trajectory: mean error over the cycles that followed. Strength and interval of each cell come from the others.',
  helps: (before: string, after: string) => `Tuning helps: mean error ${before} before, ${after} after.`,
  keeps: (name: string, before: string, after: string) =>
    `Tuning does not help: mean error ${before} before, ${after} after. Keep ${name}.`,
  extrapolated:
    'Fewer than nine cells: the interval is nowhere narrower than before, and what rests on them is tagged extrapolated.',
  wider: (before: string, after: string) =>
    `The price: the mean interval of the present capacity widens from ${before} to ${after} of it.`,
  left: (name: string, reason: string) => `${name} was left out: ${reason}.`,
  forgetting: (cells: number, before: string, after: string) =>
    `On ${cells === 1 ? '1 cell' : `${cells} cells`} of the library that the model was trained on: ${before} before, ${after} after.`,
  notSeen:
    'None of the cells that the model was trained on is in the library, so what it forgets was not measured.',
  isJudged: (name: string) => `Tuning of ${name} is judged: before and after stand side by side`,
  hasFailed: (name: string) => `Tuning of ${name} has failed`,
  show: 'Show',
  name: 'Name of the tuned model',
  promote: 'Promote…',
  promoteHint:
    'Writes the tuned model, then shows it beside the present default; it answers only once you make it the default.',
  write: 'Write it only',
  writeAnyway: 'Write the tuned one all the same',
  keep: (name: string) => `Keep ${name}`,
  written: (name: string) => `${name} written`,
} as const
