import { isPlainLine, isPlainText } from '../../src-shared/contract/plainText.ts'
import { t } from '../locales/en.ts'
import { counted } from '../locales/writing.ts'

/** Why a typed text cannot be taken; null where it can. Nothing is cut off what was typed or pasted. */
export function textProblem(text: string, longest: number, isLong = false): string | null {
  const count = text.trim().length
  if (count > longest) return t.text.tooLong(counted(longest), counted(count))
  return (isLong ? isPlainText(text) : isPlainLine(text)) ? null : t.text.hidden
}
