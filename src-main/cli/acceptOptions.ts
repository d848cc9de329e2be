import { isRepair, type Repair } from '../../src-shared/cell/repair.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { Arguments, OptionSpecs } from './options.ts'

export const acceptOptions: OptionSpecs = {
  accept: {
    type: 'texts',
    value: 'REPAIR…',
    help: 'repairs to accept, as findings name them; `proposed` for all of them, `as-recorded` to trust the numbers',
  },
}

/** The repairs named by --accept. Throws Failure `not-allowed` for any other word. */
export function acceptedRepairs(given: Arguments): (Repair | 'proposed')[] {
  return given.texts('accept').map((text) => {
    if (text === 'proposed' || isRepair(text)) return text
    throw new Failure('usage', 'not-allowed', `--accept cannot be ${text}.`, {
      advice: 'Name a repair as the findings write it, in brackets, or `proposed`, or `as-recorded`.',
      found: text,
    })
  })
}
