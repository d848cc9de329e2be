import { computed, type Ref, ref, watch } from 'vue'
import type {
  AssessmentQuestion,
  CellDetail,
  CycleDetail,
  CycleSummary,
  WireError,
} from '../../../src-shared/contract/requests.ts'
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
  const signals = useLatest<CycleDetail>()
  const isStored = ref(false)
  const saving = useSaving()
  const library = useLibrary()

  const asked = computed<AssessmentQuestion>(() => ({
    cell: id.value,
    threshold: question.value.threshold,
    ...(question.value.cycle === null ? {} : { cycle: question.value.cycle }),
    ...(question.value.scenario === null ? {} : { scenario: question.value.scenario }),
    ...(question.value.model === null ? {} : { model: question.value.model }),
  }))
  const row = computed(() => usedRow(detail.value.value, answer.value.value?.cycle ?? question.value.cycle))

  watch(id, load, { immediate: true })
  watch(asked, assess)
  watch(() => [id.value, row.value?.row] as const, readSignals)

  async function load(): Promise<void> {
    answer.clear()
    signals.clear()
    await detail.ask((signal) => host.request('cells/get', { id: id.value }, { signal }))
    isStored.value = (detail.value.value?.assessments.length ?? 0) > 0
    await assess()
  }

  /** The first answer about a cell is kept in the library; later ones are looked at only. */
  async function assess(): Promise<void> {
    if (detail.value.value === null) return
    const { scenario, cycle, model } = question.value
    const isFirst = !isStored.value && scenario === null && cycle === null && model === null
    await answer.ask(async (signal) => {
      if (!isFirst) return host.request('assessments/preview', asked.value, { signal })
      return (await saving.track(host.request('assessments/run', asked.value, { signal }))).assessment
    })
    if (!isFirst || answer.value.value === null) return
    isStored.value = true
    await library.load()
  }

  async function readSignals(): Promise<void> {
    const used = row.value
    if (used === null) {
      signals.clear()
      return
    }
    await signals.ask((signal) => host.request('cells/cycle', { id: id.value, row: used.row }, { signal }))
  }

  /** Null when it was stored; else why not, and everything shown stays as it was. */
  async function describe(changes: Partial<CellDescription>): Promise<WireError | null> {
    try {
      const described = await saving.track(host.request('cells/describe', { id: id.value, changes }))
      await detail.ask(() => Promise.resolve(described))
    } catch (error) {
      return wireErrorOf(error)
    }
    isStored.value = false
    await assess()
    await library.load().catch(() => undefined)
    return null
  }

  return { detail, answer, signals, row, asked, load, assess, describe }
}

/** Numbers restart in some files; the answer rests on the last cycle with its number. */
function usedRow(detail: CellDetail | null, number: number | null): CycleSummary | null {
  if (detail === null) return null
  const wanted = (cycle: CycleSummary): boolean => (number === null ? cycle.usable : cycle.number === number)
  return detail.cycles.findLast(wanted) ?? detail.cycles.at(-1) ?? null
}
