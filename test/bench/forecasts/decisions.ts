import type { TrainingCell } from '../../../src-main/training/problem/trainingCell.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { judgedWindows, type JudgedWindow } from './windows.ts'

const thresholds = [0.7, 0.75, 0.8, 0.85, 0.9]
const starts = [3.6, 3.7, 3.8, 3.9]

/** What becomes of batteries when the interval's lower bound decides: accepted wrongly, undecided, decided otherwise. */
export function decisionLines(model: ModelPackage, test: readonly TrainingCell[]): string[] {
  const windows = judgedWindows(model, test, { stride: 4 })
  const groups: [string, JudgedWindow[]][] = [
    ['LSD', windows.filter(({ cell }) => cell.condition === 'LSD')],
    ['UL-NCA', windows.filter(({ cell }) => cell.condition.startsWith('UL-NCA'))],
  ]
  return [
    '## Decisions at a threshold',
    'A battery is accepted when the lower bound of its state of health lies above the threshold, rejected when the upper one lies',
    'below, else undecided. In percent of all windows.',
    '',
    '| cells | threshold | truly above | accepted | accepted wrongly | rejected wrongly | undecided |',
    '|---|---|---|---|---|---|---|',
    ...groups.flatMap(([name, group]) => thresholds.map((threshold) => decisionRow(name, threshold, group))),
    '',
    ...flipLines(
      model,
      test.filter(({ condition }) => condition.startsWith('UL-NCA')),
    ),
  ]
}

function decisionRow(name: string, threshold: number, windows: readonly JudgedWindow[]): string {
  const share = (holds: (window: JudgedWindow) => boolean): string =>
    ((100 * windows.filter(holds).length) / Math.max(1, windows.length)).toFixed(1)
  const isAbove = (window: JudgedWindow): boolean =>
    window.truth[0] / window.answer.nominalCapacity_Ah >= threshold
  const accepts = ({ answer }: JudgedWindow): boolean => (answer.stateOfHealth.low ?? 0) >= threshold
  const rejects = ({ answer }: JudgedWindow): boolean => (answer.stateOfHealth.high ?? 2) < threshold
  const cells = [
    share(isAbove),
    share(accepts),
    share((window) => accepts(window) && !isAbove(window)),
    share((window) => rejects(window) && isAbove(window)),
    share((window) => !accepts(window) && !rejects(window)),
  ]
  return `| ${name} | ${threshold} | ${cells.join(' | ')} |`
}

/** How often the same charge, begun later, changes an acceptance at 80 %. */
function flipLines(model: ModelPackage, test: readonly TrainingCell[]): string[] {
  const decided = starts.map((startVoltage) => {
    const windows = judgedWindows(model, test, { stride: 4, startVoltage })
    return new Map(
      windows.map(({ cell, row, answer }) => [`${cell.path} ${row}`, (answer.stateOfHealth.low ?? 0) >= 0.8]),
    )
  })
  const [whole, ...later] = decided
  const flips = later.map((late) => {
    const both = [...whole].filter(([key]) => late.has(key))
    const changed = both.filter(([key, accepted]) => late.get(key) !== accepted)
    return ((100 * changed.length) / Math.max(1, both.length)).toFixed(1)
  })
  return [
    `The same charge begun at ${starts.slice(1).join(', ')} V instead of ${starts[0]} V changes the acceptance of UL-NCA cells at 0.8 in ${flips.join(', ')} %.`,
  ]
}
