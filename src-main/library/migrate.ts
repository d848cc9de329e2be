import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { Failure } from '../../src-shared/failure/failure.ts'

export interface MigrationPlan {
  /** Entry n turns version n into n + 1. */
  migrations: readonly string[]
  /** Where the copy of an older library goes before it is changed. */
  backupFolder: string
  now: Date
}

/**
 * Brings a database to the newest version in one transaction, after a backup of an older one; returns the backup's path.
 *
 * Throws `library-newer` when a newer program wrote the file, `library-foreign` when another program did; what is in
 * the file is left as it is.
 */
export function migrate(database: Database, plan: MigrationPlan): string | null {
  const version = versionOf(database)
  if (version > plan.migrations.length) throw newerLibrary(version, plan.migrations.length)
  if (version === plan.migrations.length) return null
  const backup = version === 0 ? null : backUp(database, version, plan)
  const step = database.transaction(() => {
    if (versionOf(database) === 0 && hasTables(database)) throw foreignDatabase()
    // Another process may have migrated between the look and the lock.
    for (let at = versionOf(database); at < plan.migrations.length; at++) {
      database.exec(plan.migrations[at])
      database.pragma(`user_version = ${at + 1}`)
    }
  })
  step.immediate()
  return backup
}

function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }))
}

function hasTables(database: Database): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined
}

function foreignDatabase(): Failure {
  return new Failure('refused', 'library-foreign', 'The database in this folder is of another program.', {
    advice: 'Name another folder with --library.',
  })
}

function backUp(database: Database, version: number, plan: MigrationPlan): string {
  mkdirSync(plan.backupFolder, { recursive: true })
  const stamp = plan.now.toISOString().replaceAll(/[:.]/g, '-')
  const path = join(plan.backupFolder, `library-v${version}-${stamp}.sqlite`)
  database.prepare('VACUUM INTO ?').run(path)
  return path
}

function newerLibrary(found: number, known: number): Failure {
  return new Failure(
    'refused',
    'library-newer',
    `The library has version ${found}; this program knows ${known}.`,
    {
      advice: 'Open it with the newer program, or name another folder with --library.',
      found: String(found),
    },
  )
}
