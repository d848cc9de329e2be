import { computed, type Ref, shallowRef, watch } from 'vue'
import { blockEnds, planSpan } from '../../../src-shared/chart/plan.ts'
import { planMotion, rangeFor, standingFigure } from '../../../src-shared/chart/planMotion.ts'
import {
  describePlanTrajectory,
  type FollowingLine,
  type PlanTrajectory,
  planTrajectoryOption,
  planTrajectoryTable,
} from '../../../src-shared/chart/planTrajectory.ts'
import { type ChartTheme, darkTheme, lightTheme } from '../../../src-shared/chart/theme.ts'
import type { FollowingCell } from '../../../src-shared/contract/following.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import { isDark } from '../../app/theme.ts'
import { host } from '../../host/host.ts'
import { useFollowing } from '../../host/useFollowing.ts'
import { isComplete } from './scenarioFile.ts'

interface Planned {
  readonly scenario: Ref<Scenario>
  /** The cell in hand. */
  readonly cell: Ref<string | null>
  readonly followers: Ref<readonly string[]>
  /** Of the followers the one that is brought forward. */
  readonly pointed: Ref<string | null>
}

interface PlanAnswer {
  readonly assessment: Assessment
  readonly others: readonly FollowingCell[]
}

/** What stands still while an edge is dragged: the axes, and the trajectory as it was. */
interface Held extends PlanAnswer {
  readonly span: number
}

const leastSpan = 50

/** Forecasts of a plan as it is edited, of the cell in hand and of those that follow it, and the figure they are drawn in. */
export function usePlanPreview({ scenario, cell, followers, pointed }: Planned) {
  const preview = useFollowing<PlanAnswer>()
  const held = shallowRef<Held | null>(null)
  const others = computed(() => followers.value.filter((id) => id !== cell.value))
  const span = computed(() => held.value?.span ?? planSpan(scenario.value, leastSpan))
  const settled = useSettled(preview, held)
  const assessment = computed(() => settled.value?.assessment ?? null)
  const following = computed(() => settled.value?.others ?? [])
  const lines = computed(() => linesOf(following.value, pointed.value))

  watch([cell, scenario, span, others], ask, { immediate: true })

  /** Every move asks anew; of the moves during an answer only the last is asked about. */
  function ask(): void {
    const [asked, plan, cells] = [cell.value, scenario.value, others.value]
    if (asked === null) return preview.clear()
    if (!isComplete(plan)) return
    const upTo = span.value + 1
    preview.ask(async (signal) => {
      const [own, following] = await Promise.all([
        host.request('assessments/preview', { cell: asked, scenario: plan, upTo }, { signal }),
        cells.length === 0
          ? []
          : host.request('assessments/follow', { cells: [...cells], scenario: plan, upTo }, { signal }),
      ])
      return { assessment: own, others: following }
    })
  }

  function hold(isDragging: boolean): void {
    const own = preview.value.value
    held.value = isDragging && own !== null ? { ...own, span: span.value } : null
  }

  const drawn = computed(() => chartOf(preview.value.value, { span: span.value, pointed: pointed.value }))
  const { motion, draw } = useFigure(held, drawn)
  const told = computed(() => chartOf(settled.value, { span: span.value, pointed: null }))
  const caption = computed(() => (told.value === null ? '' : describePlanTrajectory(told.value)))
  const table = computed(() =>
    told.value === null ? { columns: [], rows: [] } : planTrajectoryTable(told.value),
  )
  return {
    span,
    assessment,
    following,
    lines,
    failure: preview.failure,
    motion,
    draw,
    caption,
    table,
    ask,
    hold,
  }
}

/** The figure as a chart; while an edge is dragged it stands still, and the lines move over it. */
function useFigure(held: Ref<Held | null>, drawn: Ref<PlanTrajectory | null>) {
  const range = shallowRef<{ low: number; high: number } | null>(null)
  const theme = computed(() => (isDark.value ? darkTheme : lightTheme))
  const standing = computed(() => {
    if (held.value === null) return null
    const { assessment: before, others, span } = held.value
    const figure = { before, others: linesOf(others, null), span, range: range.value }
    return (asked: ChartTheme) => standingFigure(figure, asked)
  })
  const shown = computed(() => standing.value?.(theme.value) ?? null)
  watch(held, () => (range.value = null))
  watch(drawn, (next) => {
    if (next === null || shown.value === null) return
    const needed = rangeFor(next, shown.value.range)
    if (needed !== shown.value.range) range.value = needed
  })
  const motion = computed(() =>
    shown.value === null || drawn.value === null ? null : planMotion(drawn.value, shown.value, theme.value),
  )
  /** Drawn anew when an answer comes, and while an edge is dragged only where it would leave the figure. */
  const draw = computed(() => {
    const still = standing.value
    if (still !== null) return (asked: ChartTheme) => still(asked).option
    const chart = drawn.value
    return chart === null ? () => ({}) : (asked: ChartTheme) => planTrajectoryOption(chart, asked)
  })
  return { motion, draw }
}

/**
 * The newest answer; while an edge is dragged once no other is waited for and its lines are on the screen: words and
 * tables come after them.
 */
function useSettled(preview: ReturnType<typeof useFollowing<PlanAnswer>>, held: Ref<Held | null>) {
  const settled = shallowRef<PlanAnswer | null>(null)
  watch([preview.value, preview.isRunning, held], ([answer, isRunning, dragged]) => {
    if (dragged === null || answer === null) settled.value = answer
    else if (!isRunning) afterPainting(() => (settled.value = preview.value.value))
  })
  return settled
}

function afterPainting(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work))
}

function chartOf(
  answer: PlanAnswer | null,
  { span, pointed }: { span: number; pointed: string | null },
): PlanTrajectory | null {
  if (answer === null) return null
  const { assessment, others } = answer
  // The edges are those of the plan that was answered.
  const edges = blockEnds(assessment.scenario)
  return { assessment, others: linesOf(others, pointed), before: null, span, edges }
}

function linesOf(cells: readonly FollowingCell[], pointed: string | null): FollowingLine[] {
  return cells.flatMap(({ cell, cellName, forecast }) =>
    forecast === null ? [] : [{ ...forecast, label: cellName, isForward: cell === pointed }],
  )
}
