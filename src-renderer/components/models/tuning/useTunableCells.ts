import { computed, type Ref, shallowRef } from 'vue'
import type { Tunable, TunableCell } from '../../../../src-shared/contract/tuning.ts'
import { host } from '../../../host/host.ts'
import { useLatest } from '../../../host/useLatest.ts'

/** What cells offer to tuning a model; each is counted once, and told as soon as it is. What was `known` before stands meanwhile. */
export function useTunableCells(model: string, known: Ref<ReadonlyMap<string, TunableCell>>) {
  const counted = shallowRef<ReadonlySet<string>>(new Set())
  const asked = shallowRef<readonly string[]>([])
  const answer = useLatest<Tunable>()

  function take(cells: readonly TunableCell[]): void {
    known.value = new Map([...known.value, ...cells.map((one) => [one.cell, one] as const)])
    counted.value = new Set([...counted.value, ...cells.map(({ cell }) => cell)])
  }

  /** Asks for those that are not known yet; an earlier question is given up. */
  async function count(ids: readonly string[]): Promise<void> {
    asked.value = ids
    const cells = ids.filter((id) => !counted.value.has(id))
    if (cells.length === 0) {
      answer.clear()
      return
    }
    await answer.ask(async (signal) => {
      const told = await host.request(
        'models/tunable',
        { model, cells },
        { signal, onProgress: (one) => take([one]) },
      )
      take(told.cells)
      return told
    })
  }

  const progress = computed(() => ({
    done: asked.value.filter((id) => counted.value.has(id)).length,
    total: asked.value.length,
  }))
  return { progress, failure: answer.failure, isRunning: answer.isRunning, count }
}
