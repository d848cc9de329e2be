import { appendFileSync } from 'node:fs'

/** Notes a call for the test to read. */
export function note(call: string, detail: unknown = null): void {
  const file = process.env['STANDIN_JOURNAL']
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ call, detail })}\n`)
}
