import { effectScope } from 'vue'
import { describe, expect, it } from 'vitest'
import { RequestError } from '../../../src-renderer/host/requestError.ts'
import { useLatest } from '../../../src-renderer/host/useLatest.ts'

/** A question whose answer comes when the test says so. */
function question() {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const signals: AbortSignal[] = []
  return { signals, resolve, reject, ask: (signal: AbortSignal) => (signals.push(signal), promise) }
}

function latest() {
  const scope = effectScope()
  const made = scope.run(() => useLatest<string>())
  if (made === undefined) throw new Error('The scope is closed')
  return { ...made, scope }
}

describe('useLatest', () => {
  it('lets no slow answer overwrite a newer one', async () => {
    const [slow, quick] = [question(), question()]
    const answer = latest()
    const first = answer.ask(slow.ask)
    const second = answer.ask(quick.ask)
    quick.resolve('new')
    await second
    slow.resolve('old')
    await first
    expect(answer.value.value).toBe('new')
    expect(answer.isRunning.value).toBe(false)
  })

  it('cancels the question before', async () => {
    const [first, second] = [question(), question()]
    const answer = latest()
    const asked = [answer.ask(first.ask), answer.ask(second.ask)]
    expect(first.signals[0]?.aborted).toBe(true)
    expect(second.signals[0]?.aborted).toBe(false)
    first.reject(new Error('aborted'))
    second.resolve('answer')
    await Promise.all(asked)
    expect(answer.failure.value).toBeNull()
  })

  it('shows a failure in place of the answer before, and an answer in place of a failure', async () => {
    const answer = latest()
    await answer.ask(() => Promise.resolve('answer'))
    const wire = {
      kind: 'refused',
      code: 'unknown-chemistry',
      message: 'Not known.',
      advice: 'Correct it.',
    } as const
    await answer.ask(() => Promise.reject(new RequestError(wire)))
    expect(answer.value.value).toBeNull()
    expect(answer.failure.value).toEqual(wire)
    await answer.ask(() => Promise.resolve('again'))
    expect(answer.failure.value).toBeNull()
    expect(answer.value.value).toBe('again')
  })

  it('cancels what runs when its page closes', () => {
    const open = question()
    const answer = latest()
    void answer.ask(open.ask)
    answer.scope.stop()
    expect(open.signals[0]?.aborted).toBe(true)
  })
})
