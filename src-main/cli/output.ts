import { toWireError } from '../services/wireError.ts'

/** Where a command's words go: the answer to stdout, everything else to stderr. */
export interface Output {
  readonly json: boolean
  /** The one answer: a JSON document, or the same as text. */
  readonly answer: (document: object, text: () => string) => void
  /** Progress and messages. */
  readonly note: (line: string) => void
}

export function createOutput(json: boolean): Output {
  return {
    json,
    answer: (document, text) => {
      // A reader of JSON never meets NaN: JSON.stringify writes null for what is not finite.
      process.stdout.write(`${json ? JSON.stringify(document) : text()}\n`)
    },
    note: (line) => {
      process.stderr.write(`${line}\n`)
    },
  }
}

/** Tells why a command failed and returns its exit code. */
export function reportFailure(error: unknown, output: Output): number {
  const { kind, ...failure } = toWireError(error)
  if (output.json) output.answer({ schema: 'pimoe-error/1', error: failure }, () => '')
  else output.note(failureText(failure))
  if (kind === 'bug' && error instanceof Error) output.note(error.stack ?? '')
  return exitCodes[kind]
}

const exitCodes = { usage: 2, refused: 3, 'not-determinable': 4, cancelled: 130, bug: 1 }

function failureText(failure: Omit<ReturnType<typeof toWireError>, 'kind'>): string {
  const { message, advice, file, line, column, found } = failure
  const where = [
    file === undefined ? [] : [file],
    line === undefined ? [] : [`line ${line}`],
    column === undefined ? [] : [`column ${column}`],
    found === undefined ? [] : [`found ${JSON.stringify(found)}`],
  ].flat()
  return [message, ...(where.length === 0 ? [] : [`  ${where.join(', ')}`]), `  ${advice}`].join('\n')
}
