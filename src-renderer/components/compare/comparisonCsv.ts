import { type Table, tableToCsv } from '../../../src-shared/chart/table.ts'
import type { ComparisonRow, FilePayload } from '../../../src-shared/contract/requests.ts'
import { base64Of } from '../../host/base64.ts'
import { t } from '../../locales/en.ts'

/** The comparison as a file; `> 49` where the threshold is not reached within a horizon of 49 cycles. */
export function comparisonCsv(rows: readonly ComparisonRow[]): FilePayload {
  const table: Table = {
    columns: [
      { name: 'Rank', unit: null },
      { name: 'Cell', unit: null },
      { name: 'Scenario', unit: null },
      { name: 'State of health', unit: '%' },
      { name: 'Capacity', unit: 'Ah' },
      { name: 'P10', unit: 'cycles' },
      { name: 'P50', unit: 'cycles' },
      { name: 'P90', unit: 'cycles' },
      { name: 'Evidence', unit: null },
      { name: 'Simulated', unit: null },
      { name: 'Reason', unit: null },
    ],
    rows: rows.map(values),
  }
  return {
    fileName: `${t.compare.tableFile}.csv`,
    mediaType: 'text/csv',
    base64: base64Of(tableToCsv(table)),
  }
}

function values({
  rank,
  cellName,
  scenario,
  assessment,
  failure,
}: ComparisonRow): (string | number | null)[] {
  const names = [rank, cellName, scenario]
  if (assessment === null)
    return [...names, null, null, null, null, null, null, null, failure?.message ?? null]
  const { stateOfHealth, presentCapacity, endOfLife, simulated } = assessment
  const horizon = assessment.trajectory.at(-1)?.cycle ?? 0
  const life = [endOfLife.p10, endOfLife.p50, endOfLife.p90].map((cycles) => cycles ?? `> ${String(horizon)}`)
  const told = [endOfLife.evidence, String(simulated), null]
  return [
    ...names,
    Number((stateOfHealth.value * 100).toFixed(6)),
    presentCapacity.value_Ah,
    ...life,
    ...told,
  ]
}
