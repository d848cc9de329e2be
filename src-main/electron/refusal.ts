import type { WireError } from '../../src-shared/contract/wire.ts'
import { toWireError } from '../services/wireError.ts'

/** What stands against a piece of work, for the page: Electron would hand over the words of an error alone. */
export async function refusalOf(work: () => Promise<void>): Promise<WireError | null> {
  try {
    await work()
    return null
  } catch (error) {
    return toWireError(error)
  }
}
