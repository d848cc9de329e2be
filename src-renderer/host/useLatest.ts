import { onScopeDispose, readonly, ref, shallowRef } from 'vue'
import type { WireError } from '../../src-shared/contract/wire.ts'
import { wireErrorOf } from './requestError.ts'

/** An answer that is asked for again and again: the newest question wins, older ones are cancelled. */
export function useLatest<T>() {
  const value = shallowRef<T | null>(null)
  const failure = shallowRef<WireError | null>(null)
  const isRunning = ref(false)
  let running: AbortController | null = null

  async function ask(question: (signal: AbortSignal) => Promise<T>): Promise<void> {
    running?.abort()
    const current = (running = new AbortController())
    isRunning.value = true
    try {
      const answer = await question(current.signal)
      if (current !== running) return
      value.value = answer
      failure.value = null
    } catch (error) {
      if (current !== running) return
      value.value = null
      failure.value = wireErrorOf(error)
    }
    isRunning.value = false
  }

  function clear(): void {
    running?.abort()
    running = null
    value.value = null
    failure.value = null
    isRunning.value = false
  }

  onScopeDispose(() => running?.abort())
  return { value, failure: readonly(failure), isRunning: readonly(isRunning), ask, clear }
}
