import { effectScope } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { RequestError } from '../../../src-renderer/host/requestError.ts'
import { useFollowing } from '../../../src-renderer/host/useFollowing.ts'

function following() {
  const scope = effectScope()
  const made = scope.run(() => useFollowing<string>())
  if (made === undefined) throw new Error('The scope is closed')
  return { ...made, scope }
}

describe('useFollowing', () => {
  it('puts the newest of the questions asked meanwhile, and drops those between', async () => {
    const open = new Map<number, (answer: string) => void>()
    const question = (number: number) => () =>
      new Promise<string>((resolve) => {
        open.set(number, resolve)
      })
    const { ask, value, isRunning } = following()
    for (let number = 1; number <= 5; number++) ask(question(number))
    expect([...open.keys()]).toEqual([1])
    open.get(1)!('one')
    await vi.waitFor(() => expect([...open.keys()]).toEqual([1, 5]))
    // What was in motion is shown while it moves on.
    expect(value.value).toBe('one')
    expect(isRunning.value).toBe(true)
    open.get(5)!('five')
    await vi.waitFor(() => expect(isRunning.value).toBe(false))
    expect(value.value).toBe('five')
  })

  it('shows a failure in place of the answer before, and goes on', async () => {
    const wire = { kind: 'refused', code: 'x', message: 'Not known.', advice: 'Correct it.' } as const
    const { ask, value, failure } = following()
    ask(() => Promise.resolve('answer'))
    await vi.waitFor(() => expect(value.value).toBe('answer'))
    ask(() => Promise.reject(new RequestError(wire)))
    await vi.waitFor(() => expect(failure.value).toEqual(wire))
    expect(value.value).toBeNull()
    ask(() => Promise.resolve('again'))
    await vi.waitFor(() => expect(value.value).toBe('again'))
    expect(failure.value).toBeNull()
  })

  it('forgets and cancels what runs when it is cleared, also for one who asks at once again', async () => {
    const signals: AbortSignal[] = []
    const { ask, clear, value, scope } = following()
    let late: (answer: string) => void = () => undefined
    ask((signal) => {
      signals.push(signal)
      return new Promise((resolve) => (late = resolve))
    })
    clear()
    expect(signals[0]?.aborted).toBe(true)
    ask(() => Promise.resolve('new'))
    await vi.waitFor(() => expect(value.value).toBe('new'))
    late('old')
    await Promise.resolve()
    expect(value.value).toBe('new')
    scope.stop()
    expect(value.value).toBeNull()
  })
})
