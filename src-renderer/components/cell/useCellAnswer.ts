import { computed, type Ref, watch } from 'vue'
import type {
  AssessmentQuestion,
  CellDetail,
  CycleDetail,
  CycleSummary,
} from '../../../src-shared/contract/requests.ts'
import type { WireError } from '../../../src-shared/contract/wire.ts'
import type { CellScores } from '../../../src-shared/contract/scores.ts'
import type { CellDescription } from '../../../src-shared/cell/cell.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { host } from '../../host/host.ts'
import { wireErrorOf } from '../../host/requestError.ts'
import { useLatest } from '../../host/useLatest.ts'
import { useLibrary } from '../../stores/library.ts'
import { useSaving } from '../../stores/saving.ts'

export interface CellQuestion {
  /** The cycler's number; null: the last usable cycle. */
  readonly cycle: number | null
  /** A stored scenario's id; null: own use, held. */
  readonly scenario: string | null
  readonly threshold: number
  /** Null: the program chooses. */
  readonly model: string | null
}

/** A cell, the answer to the present question, and the signals of the cycle it rests on; newest question wins. */
export function useCellAnswer(id: Ref<string>, question: Ref<CellQuestion>) {
  const detail = useLatest<CellDetail>()
  const answer = useLatest<Assessment>()
  /** Rows whose first answer is kept. */
  const kept = new Set<number>()
  const saving = useSaving()
  const library = useLibrary()
  const asked = computed(() => questionOf(id.value, question.value))
  const row = computed(() => usedRow(detail.value.value, answer.value.value?.cycle ?? question.value.cycle))
  const { signals } = useSignals(id, row)
  const { scores, read: readScores } = useScores(id)

  watch(id, load, { immediate: true })
  watch(asked, assess)

  async function load(): Promise<void> {
    for (const shown of [answer, signals, scores]) shown.clear()
    await reload()
  }

  /** The cell as it is now; what is shown stays until then. */
  async function reload(): Promise<void> {
    await detail.ask((signal) => host.request('cells/get', { id: id.value }, { signal }))
    if (detail.value.value === null) return
    kept.clear()
    for (const { row: at } of detail.value.value.assessments) kept.add(at)
    await assess()
    await readScores()
  }

  /** The first answer from each cycle is kept in the library; others are looked at, until they are kept by hand. */
  async function assess(): Promise<void> {
    if (detail.value.value === null) return
    const { scenario, cycle, model } = question.value
    const last = usedRow(detail.value.value, null)?.row ?? 0
    const isFirst = !kept.has(last) && scenario === null && cycle === null && model === null
    if (isFirst) return keepAnswer(last)
    await answer.ask((signal) => host.request('assessments/preview', asked.value, { signal }))
  }

  async function keepAnswer(from: number): Promise<void> {
    await answer.ask((signal) => storedAnswer(asked.value, { signal }))
    if (answer.value.value === null) return
    kept.add(from)
    await library.load()
  }

  /** Keeps the forecast that is shown; where it cannot be kept it stays in sight, and the RequestError is thrown. */
  async function keep(): Promise<void> {
    const assessment = await storedAnswer(asked.value)
    await answer.ask(() => Promise.resolve(assessment))
    kept.add(row.value?.row ?? 0)
    await library.load()
    await readScores()
  }

  /** Null when it was stored; else why not, and everything shown stays as it was. */
  async function change(request: Promise<CellDetail>, forget: () => unknown): Promise<WireError | null> {
    const failure = await taken(detail, saving.track(request))
    if (failure !== null) return failure
    forget()
    await assess()
    await readScores()
    await library.load().catch(() => undefined)
    return null
  }

  const describe = (changes: Partial<CellDescription>): Promise<WireError | null> =>
    change(host.request('cells/describe', { id: id.value, changes }), () => kept.clear())
  /** Null takes back what was stated of that row. */
  const measure = (at: number, capacity_Ah: number | null): Promise<WireError | null> =>
    change(host.request('cells/measure', { id: id.value, row: at, capacity_Ah }), () => kept.delete(at))

  return { detail, answer, signals, scores, row, asked, load, reload, assess, keep, describe, measure }
}

async function storedAnswer(
  question: AssessmentQuestion,
  options: { signal?: AbortSignal } = {},
): Promise<Assessment> {
  return (await useSaving().track(host.request('assessments/run', question, options))).assessment
}

/** Shows what a change came to; a failure leaves everything as it was. */
async function taken(
  detail: { ask: (question: () => Promise<CellDetail>) => Promise<void> },
  request: Promise<CellDetail>,
): Promise<WireError | null> {
  try {
    const changed = await request
    await detail.ask(() => Promise.resolve(changed))
    return null
  } catch (error) {
    return wireErrorOf(error)
  }
}

function questionOf(cell: string, { threshold, cycle, scenario, model }: CellQuestion): AssessmentQuestion {
  return {
    cell,
    threshold,
    ...(cycle === null ? {} : { cycle }),
    ...(scenario === null ? {} : { scenario }),
    ...(model === null ? {} : { model }),
  }
}

/** Curves of the cycle that the answer rests on. */
function useSignals(id: Ref<string>, row: Ref<CycleSummary | null>) {
  const signals = useLatest<CycleDetail>()
  watch(
    () => [id.value, row.value?.row] as const,
    async ([cell, used]) => {
      if (used === undefined) signals.clear()
      else await signals.ask((signal) => host.request('cells/cycle', { id: cell, row: used }, { signal }))
    },
  )
  return { signals }
}

/** Kept forecasts of the cell against what was measured later. */
function useScores(id: Ref<string>) {
  const scores = useLatest<CellScores>()
  const read = (): Promise<void> =>
    scores.ask((signal) => host.request('scores/cell', { id: id.value }, { signal }))
  return { scores, read }
}

/** Numbers restart in some files; the answer rests on the last cycle with its number. */
function usedRow(detail: CellDetail | null, number: number | null): CycleSummary | null {
  if (detail === null) return null
  const wanted = (cycle: CycleSummary): boolean => (number === null ? cycle.usable : cycle.number === number)
  return detail.cycles.findLast(wanted) ?? detail.cycles.at(-1) ?? null
}
