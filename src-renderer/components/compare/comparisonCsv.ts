import { type Table, tableToCsv } from '../../../src-shared/chart/table.ts'
import type { ComparisonRow } from '../../../src-shared/contract/comparisons.ts'
import type { FilePayload } from '../../../src-shared/contract/requests.ts'
import { base64Of } from '../../host/base64.ts'
import { t } from '../../locales/en.ts'

/** The comparison as a file; `> 49` where the threshold is not reached within a horizon of 49 cycles. */
export function comparisonCsv(rows: readonly ComparisonRow[]): FilePayload {
  const thresholds =
    rows.find((row) => row.crossings.length > 0)?.crossings.map(({ threshold }) => threshold) ?? []
  const table: Table = {
    columns: [
      { name: 'Rank', unit: null },
      { name: 'Cell', unit: null },
      { name: 'Scenario', unit: null },
      { name: 'State of health', unit: '%' },
      { name: 'Capacity', unit: 'Ah' },
      { name: 'Ranked by', unit: 'cycles' },
      { name: 'Ranked by', unit: '% SOH at the end' },
      { name: 'P10', unit: 'cycles' },
      { name: 'P50', unit: 'cycles' },
      { name: 'P90', unit: 'cycles' },
      { name: 'Evidence', unit: null },
      { name: 'Simulated', unit: null },
      { name: 'Reason', unit: null },
      ...thresholds.flatMap((threshold) =>
        (['P10', 'P50', 'P90'] as const).map((p) => ({
          name: `${percent(threshold)} % ${p}`,
          unit: 'cycles',
        })),
      ),
    ],
    rows: rows.map((row) => [...values(row), ...crossings(row, thresholds.length)]),
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
  surpassed,
  assessment,
  failure,
}: ComparisonRow): (string | number | null)[] {
  const names = [rank, cellName, scenario]
  if (assessment === null)
    return [...names, null, null, null, null, null, null, null, null, null, failure?.message ?? null]
  const { stateOfHealth, presentCapacity, endOfLife, simulated } = assessment
  const horizon = assessment.trajectory.at(-1)?.cycle ?? 0
  const life = [endOfLife.p10, endOfLife.p50, endOfLife.p90].map((cycles) => cycles ?? `> ${String(horizon)}`)
  const told = [endOfLife.evidence, String(simulated), null]
  return [
    ...names,
    percent(stateOfHealth.value),
    presentCapacity.value_Ah,
    ...(surpassed === null
      ? [null, null]
      : [surpassed.cycles ?? `> ${String(horizon)}`, percent(surpassed.stateOfHealth)]),
    ...life,
    ...told,
  ]
}

function crossings(
  { crossings: told, assessment }: ComparisonRow,
  count: number,
): (string | number | null)[] {
  const horizon = assessment?.trajectory.at(-1)?.cycle
  if (horizon === undefined) return Array.from({ length: 3 * count }, () => null)
  return told.flatMap(({ p10, p50, p90 }) =>
    [p10, p50, p90].map((cycles) => cycles ?? `> ${String(horizon)}`),
  )
}

function percent(fraction: number): number {
  return Number((fraction * 100).toFixed(6))
}
