import { isRepair, type Repair } from '../../../src-shared/cell/repair.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'

/** A repair as a user writes it, or the word for all that are proposed. Throws Failure `not-allowed` (usage). */
export function acceptedRepair(text: string): Repair | 'proposed' {
  if (text === 'proposed' || isRepair(text)) return text
  throw new Failure('usage', 'not-allowed', `--accept cannot be ${text}.`, {
    advice: 'Name a repair as the findings write it, in brackets, or `proposed`, or `as-recorded`.',
    found: text,
  })
}
