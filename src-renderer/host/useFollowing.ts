import { onScopeDispose, readonly, ref, shallowRef } from 'vue'
import type { WireError } from '../../src-shared/contract/wire.ts'
import { wireErrorOf } from './requestError.ts'

/**
 * An answer that follows something in motion: one question is open at a time, and of those asked meanwhile only the newest
 * is put when it is answered. Nothing is shown out of order, and the last answer is always that of the last question.
 */
export function useFollowing<T>() {
  const value = shallowRef<T | null>(null)
  const failure = shallowRef<WireError | null>(null)
  const isRunning = ref(false)
  type Question = (signal: AbortSignal) => Promise<T>
  let next: Question | null = null
  let running: AbortController | null = null

  function ask(question: Question): void {
    next = question
    if (running === null) void run()
  }

  async function run(): Promise<void> {
    isRunning.value = true
    while (next !== null) {
      const question = next
      next = null
      const current = (running = new AbortController())
      const answer = await answered(question, current.signal)
      // Cleared meanwhile, and perhaps asked anew.
      if (current !== running) return
      value.value = answer.value
      failure.value = answer.failure
    }
    running = null
    isRunning.value = false
  }

  async function answered(question: Question, signal: AbortSignal) {
    try {
      return { value: await question(signal), failure: null }
    } catch (error) {
      return { value: null, failure: wireErrorOf(error) }
    }
  }

  function clear(): void {
    next = null
    running?.abort()
    running = null
    value.value = null
    failure.value = null
    isRunning.value = false
  }

  onScopeDispose(clear)
  return { value, failure: readonly(failure), isRunning: readonly(isRunning), ask, clear }
}
