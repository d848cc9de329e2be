import type { Database } from 'better-sqlite3'
import type { Finding } from '../../src-shared/cell/finding.ts'

/** A file that waits for a decision, and how it was asked to be read. */
export interface HeldFile<Setting = unknown> {
  readonly id: string
  readonly sha256: string
  /** Where it was found. */
  readonly path: string
  readonly bytes: number
  readonly format: string
  readonly cycles: number
  readonly setting: Setting
  readonly findings: readonly Finding[]
  readonly heldAt: string
}

interface HeldRow {
  id: string
  sha256: string
  path: string
  bytes: number
  format: string
  cycles: number
  setting: string
  findings: string
  held_at: string
}

export type QuarantineRepository = ReturnType<typeof quarantineRepository>

export function quarantineRepository(database: Database) {
  const list = database.prepare<[], HeldRow>('SELECT * FROM quarantine ORDER BY held_at DESC, rowid DESC')
  const byId = database.prepare<[string], HeldRow>('SELECT * FROM quarantine WHERE id = ?')
  const remove = database.prepare('DELETE FROM quarantine WHERE id = ?')
  const hold = database.prepare(
    `INSERT OR REPLACE INTO quarantine (id, sha256, path, bytes, format, cycles, setting, findings, held_at)
     VALUES (@id, @sha256, @path, @bytes, @format, @cycles, @setting, @findings, @heldAt)`,
  )
  return {
    /** The newest first. */
    list: (): HeldFile[] => list.all().map(heldFile),
    find(id: string): HeldFile | null {
      const row = byId.get(id)
      return row === undefined ? null : heldFile(row)
    },
    /** A file that was held before is held once, as it was read last. */
    hold: (file: HeldFile) =>
      void hold.run({
        ...file,
        setting: JSON.stringify(file.setting),
        findings: JSON.stringify(file.findings),
      }),
    /** How many were there to remove. */
    remove: (id: string): number => remove.run(id).changes,
  }
}

function heldFile({ held_at, findings, setting, ...row }: HeldRow): HeldFile {
  return {
    ...row,
    findings: JSON.parse(findings) as Finding[],
    setting: JSON.parse(setting) as unknown,
    heldAt: held_at,
  }
}
