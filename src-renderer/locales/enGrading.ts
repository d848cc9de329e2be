/** Texts of the grading rules. */
export const grading = {
  title: 'Grading',
  list: 'Versions of the rules',
  form: 'Grading rules',
  name: 'Name of the rules',
  version: (version: number) => `Version ${version}`,
  newest: 'in force',
  editing: (version: number) => `Edited from version ${version}, not in force yet`,
  inForce: (version: number) => `Version ${version}, in force`,
  note: 'Why the rules are changed',
  save: (version: number) => `Save as version ${version}`,
  saved: (version: number) => `Version ${version} is in force`,
  exportFile: 'Export',
  importFile: 'Import',
  unreadable: 'This file holds no grading rules.',
  unreadableAdvice: 'Start from an exported file: it has the fields of `pimoe-grading-rules/1`.',
  wrong: 'The rules can be tried and saved once every field is within its range.',
  grades: 'Grades',
  gradesHint: 'Best first. The lower bound of the interval decides; an empty field is not asked.',
  grade: 'Grade',
  leastHealth: 'SOH at least',
  leastCycles: (threshold: string) => `Cycles to ${threshold}, P10`,
  lifeThreshold: 'Cycles are counted to',
  of: (index: number, column: string) => `Grade ${index}, ${column}`,
  addGrade: 'Add grade',
  removeGrade: (grade: string) => `Remove grade ${grade}`,
  policies: 'Where the numbers do not decide',
  undecided: 'Interval across the lowest grade',
  undecidedHint: 'The lower bound is below the lowest grade, the upper bound is not.',
  interval: 'No interval',
  intervalHint: 'The model brings none; without it there is no guard band.',
  life: 'Cycles not told',
  lifeHint: 'The forecast ends before the cycles asked for, or has another threshold.',
  verdicts: {
    graded: 'Graded',
    hold: 'Hold',
    reject: 'Reject',
    'value-decides': 'Value decides',
    'next-grade': 'Next grade',
  },
  reasons: 'Reasons to hold or reject',
  reasonsHint: 'A finding that keeps a battery from its grade, and the sentence that is printed.',
  code: 'Finding',
  verdict: 'Verdict',
  message: 'Printed sentence',
  reasonOf: (index: number, column: string) => `Reason ${index}, ${column}`,
  addReason: 'Add reason',
  removeReason: (index: number) => `Remove reason ${index}`,
  /** Findings that rules are made for, each with a sentence to start from. */
  findings: {
    'evidence-extrapolated': 'The state of health is extrapolated: measure the capacity.',
    'charge-balance': 'The record disagrees with its own capacity: check the file and measure again.',
    'measured-outside-interval': 'The measured capacity disagrees with the estimate: measure again.',
    'assumed-nominal-capacity': 'The rated capacity was assumed: state it.',
    'assumed-chemistry': 'The chemistry was assumed: state it.',
    'features-outside-domain': 'The curve is outside what the model was trained on: measure again.',
    'health-outside-domain': 'The state of health is outside what the model was trained on.',
    'use-outside-domain': 'The measured use is outside what the model was trained on.',
    'unlikely-capacity': 'The measured capacity is unlikely for this cell: check the file.',
    simulated: 'The measurements are simulated.',
  } as Readonly<Record<string, string>>,
  dryRun: 'Dry run over the library',
  outcomes: 'Batteries of each outcome',
  outcome: 'Outcome',
  columns: { before: 'In force', after: 'These rules', change: 'Change' },
  gradeName: (grade: string) => `Grade ${grade}`,
  changes: (changed: number, assessed: number) => {
    const batteries =
      assessed === 1 ? '1 assessed battery' : `${assessed.toLocaleString('en')} assessed batteries`
    if (assessed === 0) return 'No battery is assessed yet.'
    return changed === 0
      ? `None of ${batteries} changes.`
      : `${changed.toLocaleString('en')} of ${batteries} change.`
  },
  notAssessed: (count: number) =>
    count === 1
      ? '1 battery has no assessment that holds.'
      : `${count} batteries have no assessment that holds.`,
  changed: 'Batteries that change',
  saveChanges: 'Save as CSV',
  changesFile: 'grade changes',
  more: (count: number) => `And ${count.toLocaleString('en')} more; the CSV has them all.`,
} as const
