import { Failure } from '../../../src-shared/failure/failure.ts'

/** Most bytes a container may unpack to. */
export const unpackedLimit_bytes = 2 ** 30

export function damaged(what: string): Failure {
  return new Failure('refused', 'damaged', `The ${what} is damaged.`, {
    advice: 'Copy or export the file again.',
  })
}

export function truncated(what: string): Failure {
  return new Failure('refused', 'truncated', `The ${what} is cut short.`, {
    advice: 'Copy or download the file again.',
  })
}

export function encrypted(what: string): Failure {
  return new Failure('refused', 'encrypted', `The ${what} is protected by a password.`, {
    advice: 'Save it without a password.',
  })
}

export function unpacksTooLarge(what: string): Failure {
  return new Failure('refused', 'too-large', `The ${what} unpacks to more than 1 GB.`, {
    advice: 'Export the measurement as csv, or in several parts.',
  })
}

export function holdsNothing(what: string): Failure {
  return new Failure('refused', 'empty-file', `The ${what} holds no rows.`, {
    advice: 'Export the file again with its measured rows.',
  })
}

export function wrongSignature(what: string): Failure {
  return new Failure('refused', 'unsupported-format', `The file is not a ${what}, whatever its name says.`, {
    advice: "Export the measurement as xlsx or csv from the maker's program.",
  })
}

/** A maker's binary format, with what to export instead. */
export function unsupported(name: string, advice: string): Failure {
  return new Failure('refused', 'unsupported-format', `The file is ${name}, which is not read.`, { advice })
}
