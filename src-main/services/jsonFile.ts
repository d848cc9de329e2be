import { readFile, stat } from 'node:fs/promises'
import { Failure } from '../../src-shared/failure/failure.ts'

/** What a file is meant to hold, as a sentence names it: `scenario`, `are`. */
export interface JsonKind {
  readonly what: string
  readonly verb: 'is' | 'are'
}

/** The value of a JSON file written by hand or by this program. Throws a refused Failure `not-found`, `too-long` or `not-json`. */
export async function readJsonFile(path: string, { what, verb }: JsonKind): Promise<unknown> {
  const text = await readText(path, what)
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const reason = error instanceof Error ? error.message : ''
    throw new Failure('refused', 'not-json', `The ${what} ${verb} no JSON: ${reason}.`, {
      advice: `Correct the file, or save the ${what} from the window.`,
      file: path,
    })
  }
}

async function readText(path: string, what: string): Promise<string> {
  const status = await stat(path).catch(() => null)
  // A device has no end.
  if (status?.isFile() !== true) throw notFound(path, what)
  if (status.size > largestFile_bytes) throw tooLong(path, what)
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw notFound(path, what)
  }
}

const largestFile_bytes = 16 * 1024 ** 2

function tooLong(file: string, what: string): Failure {
  const most = `${String(largestFile_bytes / 1024 ** 2)} MiB`
  return new Failure('refused', 'too-long', `The ${what} file is longer than ${most}.`, {
    advice: 'Choose the file that was meant: none of this kind is so long.',
    file,
  })
}

function notFound(file: string, what: string): Failure {
  return new Failure('refused', 'not-found', `The ${what} file cannot be read.`, {
    advice: 'Check the path; it must be an ordinary file.',
    file,
  })
}
