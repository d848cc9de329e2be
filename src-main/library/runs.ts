import type { Database } from 'better-sqlite3'
import type { EpochReport, RunSummary } from '../../src-shared/contract/requests.ts'

/** What a run was asked to do; with the seed and the data it can be done again. */
export interface RunSettings {
  readonly data: string
  readonly epochs: number
  readonly seed: number
}

export interface NewRun {
  readonly id: string
  readonly preset: string
  readonly name: string
  readonly settings: RunSettings
  readonly startedAt: string
  /** Process that trains. */
  readonly process: number
}

export interface RunEnd {
  readonly state: 'done' | 'cancelled' | 'failed'
  readonly endedAt: string
  readonly bestEpoch: number | null
  readonly modelFolder: string | null
  readonly error: string | null
}

interface RunRow {
  id: string
  preset: string
  name: string
  state: RunSummary['state']
  process: number
  started_at: string
  epochs: number
  best_epoch: number | null
  model_folder: string | null
  error: string | null
}

interface EpochRow {
  epoch: number
  train_loss: number | null
  validation_loss: number | null
  gate_entropy: number | null
  seconds: number | null
}

export type RunRepository = ReturnType<typeof runRepository>

/** Training runs and their epochs. */
export function runRepository(database: Database) {
  const { list, byId, epochs, running, insert, addEpoch, end } = runStatements(database)
  const summaryOf = (row: RunRow): RunSummary => runSummary(row, epochs.all(row.id))
  return {
    list: (): RunSummary[] => list.all().map(summaryOf),
    find(id: string): RunSummary | null {
      const row = byId.get(id)
      return row === undefined ? null : summaryOf(row)
    },
    insert({ id, preset, name, settings, startedAt, process }: NewRun): void {
      const columns = { id, preset, name, startedAt, process, epochs: settings.epochs }
      insert.run({ ...columns, settings: JSON.stringify(settings) })
    },
    addEpoch: (id: string, report: EpochReport): void => void addEpoch.run({ ...report, id }),
    /** Ends a running run; a run that has ended stays as it is. */
    end: (id: string, ending: RunEnd): void => void end.run({ ...ending, id }),
    /** Runs that claim to be running, with the process that trains them. */
    running: (): { id: string; process: number; startedAt: string }[] =>
      running.all().map((row) => ({ id: row.id, process: row.process, startedAt: row.started_at })),
  }
}

function runStatements(database: Database) {
  return {
    list: database.prepare<[], RunRow>('SELECT * FROM run ORDER BY started_at DESC, rowid DESC'),
    byId: database.prepare<[string], RunRow>('SELECT * FROM run WHERE id = ?'),
    running: database.prepare<[], RunRow>("SELECT * FROM run WHERE state = 'running'"),
    epochs: database.prepare<[string], EpochRow>('SELECT * FROM epoch WHERE run_id = ? ORDER BY epoch'),
    insert: database.prepare(
      `INSERT INTO run (id, preset, name, settings, state, process, started_at, epochs)
       VALUES (@id, @preset, @name, @settings, 'running', @process, @startedAt, @epochs)`,
    ),
    addEpoch: database.prepare(
      `INSERT OR REPLACE INTO epoch (run_id, epoch, train_loss, validation_loss, gate_entropy, seconds)
       VALUES (@id, @epoch, @trainLoss, @validationLoss, @gateEntropy, @seconds)`,
    ),
    end: database.prepare(
      `UPDATE run SET state = @state, ended_at = @endedAt, best_epoch = @bestEpoch, model_folder = @modelFolder,
       error = @error WHERE id = @id AND state = 'running'`,
    ),
  }
}

function runSummary(row: RunRow, history: readonly EpochRow[]): RunSummary {
  return {
    id: row.id,
    preset: row.preset,
    name: row.name,
    state: row.state,
    startedAt: row.started_at,
    epochs: row.epochs,
    history: history.map(epochReport),
    bestEpoch: row.best_epoch,
    modelFolder: row.model_folder,
    error: row.error,
  }
}

// SQLite keeps no NaN: a loss that diverged comes back as null.
function epochReport(row: EpochRow): EpochReport {
  return {
    epoch: row.epoch,
    trainLoss: row.train_loss ?? Number.NaN,
    validationLoss: row.validation_loss ?? Number.NaN,
    gateEntropy: row.gate_entropy ?? Number.NaN,
    seconds: row.seconds ?? Number.NaN,
  }
}
