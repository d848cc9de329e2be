import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { assessmentRepository, type AssessmentRepository } from './assessments.ts'
import { type BackupOrder, writeBackup, type WrittenBackup } from './backup.ts'
import { cellRepository, type CellRepository } from './cells.ts'
import { changeRepository, type ChangeRepository } from './changes.ts'
import { pageCount, pageProblems, referenceProblems, tableCount } from './checkDatabase.ts'
import { cycleRepository, type CycleRepository } from './cycles.ts'
import { declarationRepository, type DeclarationRepository } from './declarations.ts'
import { defaultModelRepository, type DefaultModelRepository } from './defaultModels.ts'
import { gradeRepository, type GradeRepository } from './grades.ts'
import { logRepository, type LogRepository } from './log.ts'
import { isExpected, libraryFailure } from './libraryFailure.ts'
import { libraryFileName } from './libraryFile.ts'
import { migrate } from './migrate.ts'
import { measurementRepository, type MeasurementRepository } from './measurements.ts'
import { quarantineRepository, type QuarantineRepository } from './quarantine.ts'
import { templateRepository, type TemplateRepository } from './templates.ts'
import { recordRepository, type RecordRepository } from './records.ts'
import { releaseRepository, type ReleaseRepository } from './releases.ts'
import { runRepository, type RunRepository } from './runs.ts'
import { scenarioRepository, type ScenarioRepository } from './scenarios.ts'
import { migrations } from './schema.ts'

/** The battery library of one folder: one SQLite file, one repository per noun. */
export interface Library {
  readonly folder: string
  readonly cells: CellRepository
  readonly records: RecordRepository
  readonly quarantine: QuarantineRepository
  readonly templates: TemplateRepository
  readonly cycles: CycleRepository
  readonly measurements: MeasurementRepository
  readonly scenarios: ScenarioRepository
  readonly runs: RunRepository
  readonly defaultModels: DefaultModelRepository
  readonly assessments: AssessmentRepository
  readonly grades: GradeRepository
  readonly declarations: DeclarationRepository
  readonly releases: ReleaseRepository
  readonly log: LogRepository
  readonly changes: ChangeRepository
  /** All of it or nothing; the writer's lock is taken at once. Throws `library-busy` or `library-full`. */
  transaction<T>(work: () => T): T
  /** All that `work` reads is of one state of the library; many reads cost half. */
  reading<T>(work: () => T): T
  /** The whole library in one file, while it is in use. */
  writeBackup(order: BackupOrder): Promise<WrittenBackup>
  readonly integrity: IntegrityChecks
  close(): void
}

/** What SQLite finds wrong, and how much was looked at. */
export interface IntegrityChecks {
  pages(): string[]
  references(): string[]
  pageCount(): number
  tableCount(): number
}

export interface OpenOptions {
  readonly now?: Date
  /** How long to wait for another program's write. */
  readonly patience_ms?: number
}

/**
 * Opens the library of a folder, creating or migrating it.
 *
 * Throws `library-read-only` or `library-folder` where the folder cannot be used, `library-damaged` where the file is no
 * library, `library-newer`.
 */
export function openLibrary(
  folder: string,
  { now = new Date(), patience_ms = 5000 }: OpenOptions = {},
): Library {
  const database = openDatabase(folder, patience_ms)
  try {
    prepare(database)
    migrate(database, { migrations, backupFolder: join(folder, 'backups'), now })
  } catch (error) {
    database.close()
    throw libraryFailure(error, folder)
  }
  const told = <T>(work: () => T): T => tellingWhy(work, folder)
  return {
    folder,
    cells: guarded(cellRepository(database), told),
    records: guarded(recordRepository(database), told),
    quarantine: guarded(quarantineRepository(database), told),
    templates: guarded(templateRepository(database), told),
    cycles: guarded(cycleRepository(database), told),
    measurements: guarded(measurementRepository(database), told),
    scenarios: guarded(scenarioRepository(database), told),
    runs: guarded(runRepository(database), told),
    defaultModels: guarded(defaultModelRepository(database), told),
    assessments: guarded(assessmentRepository(database), told),
    declarations: guarded(declarationRepository(database), told),
    grades: guarded(gradeRepository(database), told),
    releases: guarded(releaseRepository(database), told),
    log: guarded(logRepository(database), told),
    changes: guarded(changeRepository(database), told),
    transaction: (work) => told(() => database.transaction(work).immediate()),
    reading: (work) => told(() => database.transaction(work).deferred()),
    writeBackup: (order) => writeBackup(database, folder, order),
    integrity: guarded(integrityChecks(database), told),
    close: () => {
      database.close()
    },
  }
}

function integrityChecks(database: Database): IntegrityChecks {
  return {
    pages: () => pageProblems(database),
    references: () => referenceProblems(database),
    pageCount: () => pageCount(database),
    tableCount: () => tableCount(database),
  }
}

function openDatabase(folder: string, timeout: number): Database {
  try {
    mkdirSync(folder, { recursive: true })
    return new Sqlite(join(folder, libraryFileName), { timeout })
  } catch (error) {
    throw libraryFailure(error, folder)
  }
}

function prepare(database: Database): void {
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
}

function tellingWhy<T>(work: () => T, folder: string): T {
  try {
    return work()
  } catch (error) {
    throw isExpected(error) ? libraryFailure(error, folder) : error
  }
}

/** The same repository, whose every call says what another program or a damaged disk did to it. */
function guarded<R extends object>(repository: R, told: <T>(work: () => T) => T): R {
  return new Proxy(repository, {
    get(target, name): unknown {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return (...input: unknown[]): unknown => told(() => Reflect.apply(method, target, input) as unknown)
    },
  })
}
