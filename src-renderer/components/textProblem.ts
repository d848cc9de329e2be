import { isPlainLine, isPlainText } from '../../src-shared/contract/plainText.ts'
import { t } from '../locales/en.ts'

/** Why a typed text cannot be taken; null where it can. Nothing is cut off what was typed or pasted. */
export function textProblem(text: string, longest: number, isLong = false): string | null {
  const count = text.trim().length
  if (count > longest) return t.text.tooLong(longest.toLocaleString('en'), count.toLocaleString('en'))
  return (isLong ? isPlainText(text) : isPlainLine(text)) ? null : t.text.hidden
}
