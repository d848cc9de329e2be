import type { EChartsOption } from 'echarts'
import { computed, type Ref } from 'vue'
import {
  colourPlace,
  type ComparedTrajectory,
  describeMultiples,
  layoutOf,
  multiplesOption,
  type PanelPlace,
  panelsOf,
  seriesAt,
} from '../../../src-shared/chart/multiples.ts'
import type { ChartTheme } from '../../../src-shared/chart/theme.ts'
import { trajectoryOption, type TrajectorySeries } from '../../../src-shared/chart/trajectory.ts'
import { describeTrajectory, trajectoryTable } from '../../../src-shared/chart/trajectoryWords.ts'
import type { ComparisonRow } from '../../../src-shared/contract/comparisons.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { t } from '../../locales/en.ts'
import type { views } from './useComparisonQuery.ts'

/** How a row's curve is drawn: which colour of the theme, null for pale. */
interface Mark {
  readonly colour: number | null
  readonly hasShape: boolean
}

interface Compared {
  readonly rows: Ref<readonly ComparisonRow[]>
  /** Ids of rows: in hand, and kept by a click. */
  readonly pointed: Ref<string | null>
  readonly kept: Ref<string | null>
  readonly group: Ref<readonly string[]>
  readonly view: Ref<(typeof views)[number]>
  /** Percent. */
  readonly threshold: Ref<number>
}

/** So many names still fit beside their lines. */
const fewLines = 12

/** The chart of a comparison: which rows it shows, which of them are brought forward, and what the pointer is on. */
export function useComparedChart(compared: Compared) {
  const { rows, view, group, threshold } = compared
  const answered = computed(() =>
    rows.value.flatMap((row) => (row.assessment === null ? [] : [{ row, assessment: row.assessment }])),
  )
  const { selected, forward } = broughtForward(compared, answered)
  const isNamed = computed(
    () => view.value === 'overlay' && answered.value.length <= fewLines && group.value.length === 0,
  )
  const lines = computed(() => {
    const series = answered.value.map(({ row, assessment }) => ({
      label: `${row.cellName}, ${row.scenario}`,
      assessment,
    }))
    const [first] = forward.value
    return { series, threshold: threshold.value / 100, ...(first === undefined ? {} : { selected: first }) }
  })
  const placed = computed(() => answered.value.map((one, index) => placeOf(one, index, view.value)))
  const panels = computed(() => ({
    series: placed.value,
    threshold: threshold.value / 100,
    selected: forward.value,
  }))
  const { rowAt, markOf } = linkedRows({ answered, placed, isNamed })
  return {
    answered,
    selected,
    rowAt,
    markOf,
    draw: (theme: ChartTheme): EChartsOption =>
      isNamed.value ? trajectoryOption(lines.value, theme) : multiplesOption(panels.value, theme),
    /** Rows of panels, by which the figure grows. */
    panelRows: computed(() => layoutOf(panelsOf(placed.value).length).rows),
    caption: computed(() =>
      isNamed.value
        ? describeTrajectory(lines.value)
        : describeMultiples(panels.value, t.compare.panelsBy[view.value]),
    ),
    table: computed(() => trajectoryTable(lines.value)),
    about: computed(() => {
      const models = new Set(answered.value.map(({ assessment }) => t.frame.model(assessment.model.name)))
      const band = lines.value.selected === undefined ? null : lines.value.series[lines.value.selected]
      const bands = isNamed.value && hasInterval(band) ? [t.compare.bandOf(band.label)] : []
      return [t.compare.several(answered.value.length), ...models, ...bands].join(' · ')
    }),
    isSimulated: computed(() => answered.value.some(({ assessment }) => assessment.simulated)),
  }
}

function hasInterval(one: TrajectorySeries | null | undefined): one is TrajectorySeries {
  return one?.assessment.trajectory.some(({ low_Ah }) => low_Ah !== null) ?? false
}

interface Answered {
  readonly row: ComparisonRow
  readonly assessment: Assessment
}

/** The row in hand, else the kept one, else the best: one band at a time stays readable. A group comes before all. */
function broughtForward({ rows, pointed, kept, group }: Compared, answered: Ref<readonly Answered[]>) {
  const selected = computed(() => {
    const ids = new Set(rows.value.map(idOf))
    const best = rows.value.find((row) => row.rank === 1)
    const wanted = [pointed.value, kept.value].find((id) => id !== null && ids.has(id))
    return wanted ?? (best === undefined ? null : idOf(best))
  })
  const forward = computed(() =>
    answered.value.flatMap(({ row }, index) => {
      const isForward = group.value.length > 0 ? group.value.includes(row.cell) : idOf(row) === selected.value
      return isForward ? [index] : []
    }),
  )
  return { selected, forward }
}

function placeOf(
  { row, assessment }: Answered,
  index: number,
  view: (typeof views)[number],
): ComparedTrajectory {
  const places = {
    overlay: { panel: '', key: String(index) },
    scenario: { panel: row.scenario, key: row.cell },
    cell: { panel: row.cellName, key: row.scenario },
  }
  return { ...places[view], assessment }
}

/** From a curve to its row, and from a row to its curve's colour. */
function linkedRows({
  answered,
  placed,
  isNamed,
}: {
  answered: Ref<readonly Answered[]>
  placed: Ref<readonly ComparedTrajectory[]>
  isNamed: Ref<boolean>
}) {
  const places = computed(() => new Map(answered.value.map(({ row }, index) => [row, index])))

  /** Id of the row whose curve the pointer is on. */
  function rowAt(place: PanelPlace): string | null {
    const index = seriesAt(placed.value, place)
    const row = index === null ? undefined : answered.value[index]?.row
    return row === undefined ? null : idOf(row)
  }

  function markOf(row: ComparisonRow): Mark {
    const index = places.value.get(row) ?? 0
    if (isNamed.value) return { colour: index, hasShape: true }
    return { colour: colourPlace(placed.value, index), hasShape: false }
  }

  return { rowAt, markOf }
}

/** Of a row in the page; the same whenever it is asked for. */
export function idOf({ cell, scenario }: ComparisonRow): string {
  return `row ${cell} ${scenario}`.replaceAll(/\s/g, '-')
}
