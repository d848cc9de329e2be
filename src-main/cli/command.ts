import type { AbortContext } from './abort.ts'
import type { Arguments, OptionSpecs } from './options.ts'
import type { Output } from './output.ts'
import type { RunningApplication } from '../services/application.ts'
import type { ModelShelf } from '../services/modelShelf/models.ts'
import type { Parts } from '../services/parts.ts'

/** What a command works with; nothing of it touches the library until a request needs it. */
export interface CommandCall {
  readonly arguments: Arguments
  readonly output: Output
  readonly signal: AbortContext['signal']
  readonly application: RunningApplication
  readonly parts: Parts
  readonly models: ModelShelf
}

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** The arguments after the name, as in `(FILE or FOLDER)…`. */
  readonly usage: string
  /** Further lines of the help. */
  readonly details: readonly string[]
  readonly positionals: { readonly least: number; readonly most: number; readonly what: string }
  readonly options: OptionSpecs
  /** Returns the exit code. */
  readonly run: (call: CommandCall) => Promise<number>
}
