import type { WireError } from '../../src-shared/contract/requests.ts'
import { t } from '../locales/en.ts'

/** What the program's check of an input says, in the words of the fields; fields mark themselves before it comes to that. */
export function inWords(error: WireError): WireError {
  if (error.code !== 'bad-input') return error
  const path = (error.column ?? '').split('.')
  const field = path.findLast((part) => !/^\d+$/.test(part)) ?? ''
  const block = path[path.indexOf('blocks') + 1]
  const isBlock = path.includes('blocks') && block !== undefined
  const name = t.badInput.fields[field] ?? t.badInput.value
  const { column: _, ...rest } = error
  return {
    ...rest,
    message: t.badInput.message(isBlock ? `${t.scenarios.block(Number(block) + 1)}, ${name}` : name),
    advice: t.badInput.advice[field] ?? t.badInput.correct,
  }
}
