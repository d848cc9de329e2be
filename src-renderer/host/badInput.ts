import type { WireError } from '../../src-shared/contract/wire.ts'
import { t } from '../locales/en.ts'

/** What the program's check of an input says, in the words of the fields; fields mark themselves before it comes to that. */
export function inWords(error: WireError): WireError {
  if (error.code !== 'bad-input') return error
  const path = (error.column ?? '').split('.')
  const field = path.findLast((part) => !/^\d+$/.test(part)) ?? ''
  const row = rows.find(({ list }) => path.includes(list))
  const index = row === undefined ? NaN : Number(path[path.indexOf(row.list) + 1])
  const name = t.badInput.fields[field] ?? t.badInput.value
  const { column: _, ...rest } = error
  return {
    ...rest,
    message: t.badInput.message(row === undefined || Number.isNaN(index) ? name : row.words(index + 1, name)),
    advice: t.badInput.advice[field] ?? t.badInput.correct,
  }
}

/** Lists of rows that are edited as a table. */
const rows = [
  { list: 'blocks', words: (block: number, name: string) => `${t.scenarios.block(block)}, ${name}` },
  { list: 'grades', words: t.grading.of },
  { list: 'reasons', words: t.grading.reasonOf },
]
