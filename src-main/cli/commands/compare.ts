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
import { percent, table, type TableValue } from '../table.ts'

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
  return table(['rank', 'cell', 'scenario', 'Ah', 'SOH', 'P10', 'P50', 'P90', ''], rows.map(comparisonLine))
}

function comparisonLine({ rank, cellName, scenario, assessment, failure }: ComparisonRow): TableValue[] {
  if (assessment === null) {
    return [rank, cellName, scenario, null, null, null, null, null, failure?.message ?? '']
  }
  const { presentCapacity, stateOfHealth, endOfLife, simulated } = assessment
  const { p10, p50, p90 } = endOfLife
  const health = percent(stateOfHealth.value)
  return [
    rank,
    cellName,
    scenario,
    presentCapacity.value_Ah,
    health,
    p10,
    p50,
    p90,
    simulated ? 'SIMULATED' : '',
  ]
}
