import type {
  CellMatching,
  Comparison,
  ComparisonRow,
  RankedBy,
} from '../../../src-shared/contract/comparisons.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { storedCell } from '../../services/library/assessedCell.ts'
import { readCellFile } from '../../services/assessing/cellFile.ts'
import type { Confidence } from '../../../src-shared/forecast/endOfLife.ts'
import { compareCells, type ComparedCell } from '../../services/assessing/comparing.ts'
import { matchCells } from '../../services/assessing/matching.ts'
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
  details: [
    'Without scenarios each cell goes on as it was used. Rank 1 is best: it lasts longest, or keeps most health.',
    '--match puts the cells into groups of N that stay most alike under the one scenario.',
  ],
  positionals: { least: 1, most: Infinity, what: 'cells or files' },
  options: {
    scenarios: { type: 'texts', value: 'FILE…', help: 'JSON files or stored names, up to the next option' },
    confidence: {
      type: 'text',
      value: 'P',
      choice: ['p10', 'p20', 'p50', 'p90'],
      help: 'what ranks is surpassed with 90 % (p10), 80 % (p20), 50 % (p50, default) or 10 % (p90)',
    },
    'rank-by': {
      type: 'text',
      value: 'WHAT',
      choice: ['cycles', 'health'],
      help: 'cycles to the threshold (default), or the state of health at the end of the horizon',
    },
    thresholds: { type: 'texts', value: 'SOH…', help: 'crossing table: cycles to each, as 0.9 0.8 0.7' },
    match: {
      type: 'integer',
      value: 'N',
      range: { least: 2, most: 1000 },
      help: 'groups of N cells with the least future divergence, instead of the ranking',
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
      ranking: {
        confidence: (given.text('confidence') ?? 'p50') as Confidence,
        rankedBy: (given.text('rank-by') ?? 'cycles') as RankedBy,
      },
      thresholds: given.texts('thresholds').map(thresholdOf),
    }
    const size = given.number('match')
    if (size !== undefined && scenarios.length > 1) throw onePlan(scenarios.length)
    const progress = ({ done, total }: { done: number; total: number }): void =>
      output.note(`${done} of ${total}`)
    const comparison = await compareCells(question, models, { signal, progress })
    if (size !== undefined) {
      const matching = matchCells(comparison, size)
      output.answer(matching, () => matchingText(matching))
      return matching.groups.length > 0 ? 0 : 4
    }
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
  const crossings = ranked.some((row) => row.crossings.length > 0) ? ['', crossingText(ranked), ''] : []
  return [table(headings, ranked.map(comparisonLine)), ...crossings, ...findingLines(ranked)].join('\n')
}

/** A line for each threshold of each answer. */
function crossingText(rows: readonly ComparisonRow[]): string {
  const lines = rows.flatMap(({ cellName, scenario, crossings, assessment }) => {
    const last = assessment?.trajectory.at(-1)
    return crossings.map((crossing): TableValue[] => [
      cellName,
      scenario,
      percent(crossing.threshold),
      life(crossing.p10, last?.cycle, last?.low_Ah),
      life(crossing.p50, last?.cycle, last?.capacity_Ah),
      life(crossing.p90, last?.cycle, last?.high_Ah),
      crossing.evidence,
    ])
  })
  return table(['cell', 'scenario', 'cycles to', 'P10', 'P50', 'P90', 'evidence'], lines)
}

function matchingText({ measure, scenario, horizon, groups, left, refused }: CellMatching): string {
  const names = (cells: readonly { cellName: string }[]): string =>
    cells.map(({ cellName }) => cellName).join(', ')
  return [
    `Divergence: ${measure}, ${horizon} of them, under ${scenario}; mean over a group's pairs`,
    table(
      ['group', 'cells', 'divergence', 'greatest', ''],
      groups.map(({ members, divergence, greatest, simulated }, index) => [
        index + 1,
        names(members),
        points(divergence),
        points(greatest),
        simulated ? 'SIMULATED' : '',
      ]),
    ),
    ...(left.length === 0 ? [] : [`without a group: ${names(left)}`]),
    ...refused.map(({ cellName, failure }) =>
      findingText({ message: `${cellName}: ${failure.message}`, proposal: failure.advice }),
    ),
  ].join('\n')
}

/** Of a state of health: 0.0123 -> 1.23 % */
function points(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`
}

/** Throws usage `not-allowed`. */
function thresholdOf(text: string): number {
  const value = Number(text)
  if (value > 0 && value < 1) return value
  throw new Failure('usage', 'not-allowed', `--thresholds cannot be ${text}.`, {
    advice: 'Write fractions between 0 and 1, as 0.9 0.8 0.7.',
    found: text,
  })
}

function onePlan(plans: number): Failure {
  return new Failure('usage', 'wrong-arguments', `Cells are matched under one scenario, not ${plans}.`, {
    advice: 'Name one after --scenarios, or none for each cell’s own use.',
  })
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
