import type { Volt } from '../units/quantities.ts'

/** Parts of a report that may be left out; the verdict and what it rests on never are. */
export const reportSections = ['evidence', 'condition', 'prediction'] as const
export type ReportSection = (typeof reportSections)[number]

/** Who stands for a report; printed as given, null is not stated. */
export interface Laboratory {
  readonly name: string | null
  readonly address: string | null
  /** PNG or JPEG as a data URL. */
  readonly logo: string | null
}

/** What a type plate or a passport declares; nothing of it is measured. */
export interface BatteryIdentity {
  readonly maker: string | null
  readonly model: string | null
  readonly serial: string | null
  readonly manufactured: string | null
  readonly priorUse: string | null
  readonly status: string | null
  readonly nominalVoltage_V: Volt | null
}

/** How a report is printed and who stands for it; absent is not stated. */
export interface ReportOptions {
  paper?: 'A4' | 'Letter'
  /** Absent: all. */
  sections?: ReportSection[]
  laboratory?: string
  address?: string
  logo?: string
  operator?: string
  reviewer?: string
  /** What is absent is taken from what the library knows of the cell; an empty text is not stated. */
  battery?: {
    maker?: string
    model?: string
    serial?: string
    manufactured?: string
    priorUse?: string
    status?: string
    nominalVoltage_V?: Volt
  }
}

/** The released report that a new revision takes the place of. */
export interface Correction {
  number: string
  reason: string
}

/** The report of a lot: signed, and not kept. */
export interface LotReportQuestion {
  /** Cells by id or name; absent: the whole library, with the files it holds back. */
  cells?: readonly string[]
  /** Its name, as printed. */
  lot: string
  /** Batteries of a matched group. */
  groupSize: number
  paper?: 'A4' | 'Letter'
  laboratory?: string
  address?: string
  logo?: string
  operator?: string
}

/** A report as it was released: its bytes are kept and never change. */
export interface ReleasedReport {
  readonly number: string
  readonly revision: number
  readonly cell: string
  readonly cellName: string
  readonly releasedAt: string
  /** Of the file. */
  readonly sha256: string
  /** Why it takes the place of the revision before it; null for the first. */
  readonly reason: string | null
}

export interface LogEntry {
  readonly sequence: number
  readonly at: string
  readonly kind:
    | 'import'
    | 'description'
    | 'label'
    | 'measurement'
    | 'removal'
    | 'restoration'
    | 'rules'
    | 'release'
    | 'restored-backup'
    | 'default-model'
    | 'run-deletion'
  /** Id of the cell, version of the rules, number of the report, name of the model. */
  readonly subject: string
  readonly detail: Readonly<Record<string, unknown>>
  /** Hash of the entry before it. */
  readonly previous: string
  readonly sha256: string
}

export interface LogCheck {
  readonly schema: 'pimoe-log-check/1'
  readonly entries: number
  /** Hash of the last entry: who writes it down elsewhere can tell later whether entries were cut off. */
  readonly head: string
  /** The first broken entry, and releases that the log does not know as they are; empty where all is well. */
  readonly problems: { sequence: number; message: string }[]
}

export interface Difference {
  /** Path in the attached record as in `inputs.cell.name`, or a part of the file as in `page 2`. */
  readonly field: string
  readonly message: string
}

/** What came of computing and printing a report again. */
export interface Verification {
  readonly schema: 'pimoe-verification/1'
  readonly file: string
  readonly outcome: 'identical' | 'differs'
  readonly differences: readonly Difference[]
  readonly report: {
    readonly number: string | null
    readonly revision: number | null
    readonly cell: string
    readonly createdAt: string
    readonly programVersion: string
    /** Null for a lot, whose batteries each name theirs. */
    readonly model: { readonly name: string; readonly sha256: string } | null
  } | null
  /** Whose key signed it; null for a draft. */
  readonly signedBy: {
    readonly fingerprint: string
    /** True for the key of this library. */
    readonly isOwn: boolean
  } | null
}
