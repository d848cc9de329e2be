import { formatFixed } from '../../src-shared/units/labels.ts'

/** Texts of runs side by side. */
export const runs = {
  title: 'Compare runs',
  back: 'All runs',
  choose: (name: string) => `Choose ${name}`,
  compare: (count: number) => (count < 2 ? 'Compare runs' : `Compare ${count} runs`),
  hint: 'Tick two to eight runs to see them side by side, or any to delete them.',
  few: 'Name two or more runs: tick them in the table of runs.',
  loss: 'Loss over epochs',
  gate: 'Gate over epochs',
  gateViews: { entropy: 'Entropy', weights: 'Weights' },
  gateViewLabel: 'What of the gate',
  weights: 'Gate weights',
  about: 'training runs side by side',
  table: 'Runs side by side',
  facts: {
    title: 'Run',
    state: 'State',
    started: 'Started',
    time: 'Time of all epochs',
    perEpoch: 'Per epoch',
    epochs: 'Epochs',
    best: 'Best epoch',
    bestLoss: 'Best validation loss',
    machine: 'Machine',
    model: 'Model',
  },
  scores: 'Scores: mean error of the trajectory · of the present capacity',
  judged: { validation: 'validation cells', 'left out': 'cells left out' },
  allConditions: 'All conditions',
  coverage: 'Values inside the 90 % interval',
  noScores: 'No run has a model with scores yet.',
  otherCells: 'The runs were judged on different cells: their scores do not compare.',
  data: 'Data and splits',
  cells: 'Cells in each role',
  dataHash: 'Hash of files and roles',
  sameFiles: (count: number) => `${count === 1 ? '1 file' : `${count} files`} in the same role in all`,
  otherFiles: (count: number) => `${count === 1 ? '1 file' : `${count} files`} in different roles`,
  settings: 'Settings that differ',
  sameSettings: (count: number) => `${count} settings that all have alike`,
  noDifference: 'All settings are alike.',
  notes: 'Notes',
  noNotes: 'none',
  seconds: (seconds: number) =>
    seconds < 90
      ? `${seconds < 10 ? formatFixed(seconds, 1) : Math.round(seconds)} s`
      : seconds < 5400
        ? `${Math.round(seconds / 60)} min`
        : `${formatFixed(seconds / 3600, 1)} h`,
} as const
