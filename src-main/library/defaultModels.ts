import type { Database } from 'better-sqlite3'
import type { DefaultModel } from '../../src-shared/contract/models.ts'

interface DefaultRow {
  sequence: number
  at: string
  action: DefaultModel['action']
  name: string | null
  sha256: string | null
  decided_by: string
  note: string
}

export type DefaultModelRepository = ReturnType<typeof defaultModelRepository>

/** Which model was the default when: entries are only added, the newest holds. */
export function defaultModelRepository(database: Database) {
  const list = database.prepare<[], DefaultRow>('SELECT * FROM default_model ORDER BY sequence DESC')
  const newest = database.prepare<[], DefaultRow>(
    'SELECT * FROM default_model ORDER BY sequence DESC LIMIT 1',
  )
  const insert = database.prepare(
    `INSERT INTO default_model (sequence, at, action, name, sha256, decided_by, note)
     VALUES (@sequence, @at, @action, @name, @sha256, @by, @note)`,
  )
  return {
    /** Newest first. */
    list: (): DefaultModel[] => list.all().map(defaultModel),
    newest(): DefaultModel | null {
      const row = newest.get()
      return row === undefined ? null : defaultModel(row)
    },
    /** Belongs in a transaction with the log's entry. */
    add({ model, ...entry }: Omit<DefaultModel, 'sequence'>): DefaultModel {
      const sequence = (newest.get()?.sequence ?? 0) + 1
      insert.run({ ...entry, sequence, name: model?.name ?? null, sha256: model?.sha256 ?? null })
      return { ...entry, model, sequence }
    },
  }
}

function defaultModel({ sequence, at, action, name, sha256, decided_by, note }: DefaultRow): DefaultModel {
  const model = name === null || sha256 === null ? null : { name, sha256 }
  return { sequence, at, action, model, by: decided_by, note }
}
