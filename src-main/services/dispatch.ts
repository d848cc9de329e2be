import type { z } from 'zod'
import type { Application, RequestName } from '../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { requestSchemas } from './requestSchemas.ts'

export interface DispatchContext {
  readonly signal: CancelSignal
  readonly progress: (message: unknown) => void
}

/**
 * Answers one request that came over a wire: unknown names and inputs that do not fit are refused before any service.
 *
 * Throws Failure `no-such-request` or `bad-input`, or whatever the service throws.
 */
export async function dispatch(
  application: Application,
  name: string,
  input: unknown,
  context: DispatchContext,
): Promise<unknown> {
  if (!isRequestName(name)) {
    throw new Failure('usage', 'no-such-request', `There is no request ${name}.`, {
      advice: 'Reload the window: page and program are of different versions.',
    })
  }
  const parsed = requestSchemas[name].safeParse(withoutUndefined(input))
  if (!parsed.success) throw badInput(name, parsed.error)
  // The schema's output is this request's input by construction of `requestSchemas`.
  const handle = application[name] as (input: unknown, context: DispatchContext) => Promise<unknown>
  return handle(parsed.data, context)
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requestSchemas, name)
}

/** A port that clones keeps undefined fields, JSON drops them; both mean absent. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined)
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(kept.map(([key, field]) => [key, withoutUndefined(field)]))
}

function badInput(name: string, error: z.ZodError): Failure {
  const issue = error.issues.at(0)
  const where = issue === undefined || issue.path.length === 0 ? name : issue.path.join('.')
  return new Failure('usage', 'bad-input', `${where}: ${issue?.message ?? 'does not fit'}.`, {
    advice: 'Correct the value and repeat.',
    column: where,
  })
}
