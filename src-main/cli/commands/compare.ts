import type { Comparison, ComparisonRow } from '../../../src-shared/contract/requests.ts'
import { storedCell } from '../../services/assessing.ts'
import { readCellFile } from '../../services/cellFile.ts'
import { compareCells, type ComparedCell, type Confidence } from '../../services/comparing.ts'
import type { Command, CommandCall } from '../command.ts'
import {
  answerOptions,
  answerSettings,
  isFile,
  scenarioNamed,
  statedDescription,
  statedOptions,
} from '../questionOptions.ts'
import { findingText, percent, table, type TableValue } from '../table.ts'

export const compareCommand: Command = {
  name: 'compare',
  summary: 'ranks cells under one or more planned uses',
  usage: '(ID or FILE)… --scenarios (FILE or NAME)…',
  details: ['Without scenarios each cell goes on as it was used. Rank 1 lasts longest.'],
  positionals: { least: 1, most: Infinity, what: 'cells or files' },
  options: {
    scenarios: { type: 'texts', value: 'FILE…', help: 'JSON files or stored names, up to the next option' },
    confidence: {
      type: 'text',
      value: 'P',
      choice: ['p10', 'p50', 'p90'],
      help: 'reading that ranks: p10 cautious, p50 (default), p90',
    },
    ...answerOptions,
    ...statedOptions,
  },
  run: async (call) => {
    const { arguments: given, output, models, signal } = call
    const scenarios = []
    for (const named of given.texts('scenarios')) scenarios.push(await scenarioNamed(call, named))
    const question = {
      cells: await comparedCells(call),
      scenarios,
      settings: answerSettings(given),
      confidence: (given.text('confidence') ?? 'p50') as Confidence,
    }
    const progress = ({ done, total }: { done: number; total: number }): void =>
      output.note(`${done} of ${total}`)
    const comparison = await compareCells(question, models, { signal, progress })
    output.answer(comparison, () => comparisonText(comparison))
    return comparison.rows.some((row) => row.assessment !== null) ? 0 : 4
  },
}

async function comparedCells({ arguments: given, parts, signal }: CommandCall): Promise<ComparedCell[]> {
  const cells: ComparedCell[] = []
  const stated = statedDescription(given)
  for (const target of given.positionals) {
    if (isFile(target)) cells.push({ id: target, ...(await readCellFile(parts, target, { stated, signal })) })
    else cells.push(storedCell(await parts.library(), target))
  }
  return cells
}

function comparisonText({ rows }: Comparison): string {
  const ranked = rows.toSorted((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || 0)
  const threshold = rows.find(({ assessment }) => assessment !== null)?.assessment?.endOfLife.threshold
  const first = threshold === undefined ? 'P10' : `cycles to ${Number((100 * threshold).toFixed(1))} %: P10`
  const headings = ['rank', 'cell', 'scenario', 'Ah', 'SOH', first, 'P50', 'P90', 'evidence', '']
  return [table(headings, ranked.map(comparisonLine)), ...findingLines(ranked)].join('\n')
}

/** Each once, whichever of the cells it holds for. */
function findingLines(rows: readonly ComparisonRow[]): string[] {
  const lines = rows.flatMap(({ assessment, failure }) =>
    assessment === null
      ? [findingText({ message: failure?.message ?? '', proposal: failure?.advice ?? '' })]
      : assessment.domain.findings.map(findingText),
  )
  return [...new Set(lines)]
}

function comparisonLine({ rank, cellName, scenario, assessment }: ComparisonRow): TableValue[] {
  if (assessment === null) {
    return [rank, cellName, scenario, null, null, null, null, null, 'not determinable', '']
  }
  const { presentCapacity, stateOfHealth, endOfLife, trajectory, simulated } = assessment
  const last = trajectory.at(-1)
  return [
    rank,
    cellName,
    scenario,
    presentCapacity.value_Ah,
    percent(stateOfHealth.value),
    life(endOfLife.p10, last?.cycle, last?.low_Ah),
    life(endOfLife.p50, last?.cycle, last?.capacity_Ah),
    life(endOfLife.p90, last?.cycle, last?.high_Ah),
    endOfLife.evidence,
    simulated ? 'SIMULATED' : '',
  ]
}

/** Beyond the horizon unless the model has no such bound at all. */
function life(
  cycles: number | null,
  horizon: number | undefined,
  bound: number | null | undefined,
): TableValue {
  if (cycles !== null) return cycles
  return horizon === undefined || bound === null || bound === undefined ? null : `> ${horizon}`
}
