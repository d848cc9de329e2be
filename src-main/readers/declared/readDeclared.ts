import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { Declaration } from '../../../src-shared/exchange/declaration.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { passportValues } from './passportValues.ts'
import { resultValues } from './resultValues.ts'

export interface ReadDeclaration extends Omit<Declaration, 'takenAt'> {
  readonly findings: readonly Finding[]
}

/**
 * Declared data of one battery: a battery passport (Battery Pass or Catena-X data model) or a results file of this
 * program, JSON in UTF-8 or UTF-16. What cannot be true is left out with a finding.
 *
 * Throws a refused Failure `not-found`, `not-json`, `no-declared-data` or `no-such-battery`.
 */
export async function readDeclared(
  path: string,
  battery: { readonly name: string },
): Promise<ReadDeclaration> {
  const bytes = await readBytes(path)
  const value = parse(bytes, path)
  const isResults = typeof value === 'object' && value !== null && 'schema' in value
  const read = isResults ? resultValues(value, battery.name, path) : passportValues(value)
  if (read.values.length === 0 && read.findings.length === 0) throw nothingDeclared(path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { file: basename(path), sha256, ...read }
}

async function readBytes(path: string): Promise<Buffer> {
  const status = await stat(path).catch(() => null)
  if (status?.isFile() !== true || status.size > largestFile_bytes) throw notFound(path)
  try {
    return await readFile(path)
  } catch {
    throw notFound(path)
  }
}

const largestFile_bytes = 64 * 1024 ** 2

function parse(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(decode(bytes)) as unknown
  } catch (error) {
    const reason = error instanceof Error ? error.message : ''
    throw new Failure('refused', 'not-json', `The declared data are no JSON: ${reason}.`, {
      advice: 'Export the passport as JSON, or give a results file of this program.',
      file,
    })
  }
}

/** By its byte order mark; UTF-8 without one. */
function decode(bytes: Buffer): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder('utf-8').decode(bytes)
}

function notFound(file: string): Failure {
  return new Failure('refused', 'not-found', 'The file of declared data cannot be read.', {
    advice: 'Check the path; it must be an ordinary file below 64 MB.',
    file,
  })
}

function nothingDeclared(file: string): Failure {
  return new Failure(
    'refused',
    'no-declared-data',
    'This file declares nothing about the state of a battery.',
    {
      advice:
        'Give the part of the passport that holds performance and durability, or product information; names as in the Battery Pass or the Catena-X data model.',
      file,
    },
  )
}
