import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'

/** The laboratory's own Ed25519 key (RFC 8032). */
export interface SigningKey {
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey: string
  readonly sign: (bytes: Uint8Array) => Uint8Array
}

/** The key in the library's folder, made on first use. Throws `key-damaged` (refused) or `not-writable` (usage). */
export async function signingKey(libraryFolder: string): Promise<SigningKey> {
  const file = keyFile(libraryFolder)
  const privateKey = parseKey((await readKey(file)) ?? (await makeKey(file)), file)
  return {
    publicKey: publicKeyOf(privateKey),
    sign: (bytes) => sign(null, bytes, privateKey),
  }
}

/** The public key of the library's folder; null where it has none that can be read. */
export async function ownPublicKey(libraryFolder: string): Promise<string | null> {
  const file = keyFile(libraryFolder)
  const pem = await readKey(file)
  return pem === null ? null : publicKeyOf(parseKey(pem, file))
}

/** False also for what is no key or no signature. */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, signature)
  } catch {
    return false
  }
}

function keyFile(libraryFolder: string): string {
  return join(libraryFolder, 'keys', 'signing.pem')
}

function publicKeyOf(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64')
}

async function readKey(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null)
}

/** Never replaces a key: where another process was first, its key is taken. */
async function makeKey(file: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeNew(file, pem)
    return pem
  } catch (error) {
    const other = await readKey(file)
    if (other !== null) return other
    throw new Failure(
      'usage',
      'not-writable',
      `The signing key cannot be written: ${(error as Error).message}`,
      {
        advice:
          'Make room, or name a library folder that can be written with --library; a draft needs no key.',
        file,
      },
    )
  }
}

/** Whole or not at all: half a key would stop every later release. */
async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } catch (error) {
    await rm(file, { force: true }).catch(() => undefined)
    throw error
  } finally {
    await handle.close()
  }
}

function parseKey(pem: string, file: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Told below, like a key of another kind.
  }
  throw new Failure('refused', 'key-damaged', 'The signing key of the library cannot be read.', {
    advice: 'Put back a copy of the file. Without it, move it away: the next release makes a new key.',
    file,
  })
}
