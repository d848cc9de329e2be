import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprintOf, splitSignature, withSignature } from '../../../../src-main/report/signature.ts'
import { isSignedBy, ownPublicKey, signingKey } from '../../../../src-main/services/reporting/signingKey.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pimoe-schlüssel-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const bytes = Buffer.from('%PDF-1.7\n%%EOF\n')

describe('signingKey', () => {
  it('is made once, for its owner only, and then found', async () => {
    expect(await ownPublicKey(folder)).toBeNull()
    const keys = await Promise.all([signingKey(folder), signingKey(folder)])
    expect(keys[0].publicKey).toBe(keys[1].publicKey)
    expect(await ownPublicKey(folder)).toBe(keys[0].publicKey)
    expect(fingerprintOf(keys[0].publicKey)).toMatch(/^[0-9a-f]{64}$/)
    const file = join(folder, 'keys', 'signing.pem')
    expect(readFileSync(file, 'utf8')).toContain('PRIVATE KEY')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0)
  })

  it('refuses a damaged key and leaves it alone', async () => {
    mkdirSync(join(folder, 'keys'))
    writeFileSync(join(folder, 'keys', 'signing.pem'), 'nonsense')
    await expect(signingKey(folder)).rejects.toMatchObject({ kind: 'refused', code: 'key-damaged' })
    expect(readFileSync(join(folder, 'keys', 'signing.pem'), 'utf8')).toBe('nonsense')
  })
})

describe('signature', () => {
  it('is the last line, and holds for these bytes and this key alone', async () => {
    const [key, other] = [await signingKey(folder), await signingKey(join(folder, 'other'))]
    const { body, signature } = splitSignature(withSignature(bytes, key.sign(bytes)))
    expect(Buffer.compare(body, bytes)).toBe(0)
    expect(isSignedBy(key.publicKey, body, signature!)).toBe(true)
    expect(isSignedBy(other.publicKey, body, signature!)).toBe(false)
    expect(isSignedBy(key.publicKey, bytes.subarray(1), signature!)).toBe(false)
    expect(isSignedBy('nonsense', body, signature!)).toBe(false)
  })

  it('is broken by any bit flipped in its line', async () => {
    const key = await signingKey(folder)
    const file = withSignature(bytes, key.sign(bytes))
    for (let at = bytes.length; at < file.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = Buffer.from(file)
        flipped[at] ^= 1 << bit
        const { body, signature } = splitSignature(flipped)
        expect(signature !== null && isSignedBy(key.publicKey, body, signature)).toBe(false)
      }
    }
  })
})
