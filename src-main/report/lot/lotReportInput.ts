import type { LotBattery } from '../../../src-shared/lot/lotBattery.ts'

/** All that the report of a lot states, attached to it as `lot.json`; the same input gives the same bytes. */
export interface LotReportInput {
  readonly schema: 'pimoe-lot-record/1'
  readonly lot: string
  readonly batteries: readonly LotBattery[]
  /** The rules that decided, and the grades they name, best first. */
  readonly rules: { readonly name: string; readonly version: number; readonly grades: readonly string[] }
  /** Batteries of a matched group. */
  readonly groupSize: number
  readonly programVersion: string
  /** ISO 8601 with zone; the document's own date. */
  readonly createdAt: string
  /** Ed25519, SubjectPublicKeyInfo (RFC 8410) in base64; null: not signed. */
  readonly publicKey: string | null
  readonly paper: 'A4' | 'Letter'
  /** Null is not stated. */
  readonly laboratory: string | null
  readonly address: string | null
  /** PNG or JPEG as a data URL. */
  readonly logo: string | null
  readonly operator: string | null
}
