import { acceptedRepair } from '../services/importing/acceptedRepair.ts'
import type { Arguments, OptionSpecs } from './options.ts'

export const acceptOptions: OptionSpecs = {
  accept: {
    type: 'texts',
    value: 'REPAIR…',
    help: 'repairs to accept, as findings name them; `proposed` for all of them, `as-recorded` to trust the numbers',
  },
}

/** The repairs named by --accept. */
export function acceptedRepairs(given: Arguments): ReturnType<typeof acceptedRepair>[] {
  return given.texts('accept').map(acceptedRepair)
}
