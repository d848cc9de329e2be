import type { Database } from 'better-sqlite3'
import type { Declaration, DeclaredValue } from '../../src-shared/exchange/declaration.ts'

interface DeclarationRow {
  file: string
  sha256: string
  format: string
  taken_at: string
  declared: string
}

export type DeclarationRepository = ReturnType<typeof declarationRepository>

/** Declared data of batteries, as taken; never changed. */
export function declarationRepository(database: Database) {
  const ofCell = database.prepare<[string], DeclarationRow>(
    'SELECT * FROM declaration WHERE cell_id = ? ORDER BY id DESC',
  )
  const insert = database.prepare(
    `INSERT INTO declaration (cell_id, file, sha256, format, taken_at, declared)
     VALUES (@cell_id, @file, @sha256, @format, @taken_at, @declared)`,
  )
  return {
    /** Newest first. */
    ofCell: (cellId: string): Declaration[] => ofCell.all(cellId).map(declaration),
    insert(cellId: string, { file, sha256, format, takenAt, values }: Declaration): void {
      const columns = { file, sha256, format, taken_at: takenAt, declared: JSON.stringify(values) }
      insert.run({ cell_id: cellId, ...columns })
    },
  }
}

function declaration({ file, sha256, format, taken_at, declared }: DeclarationRow): Declaration {
  return { file, sha256, format, takenAt: taken_at, values: JSON.parse(declared) as DeclaredValue[] }
}
