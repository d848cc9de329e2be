import type { Database } from 'better-sqlite3'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { EpochReport, RunFile, RunSummary } from '../../src-shared/contract/run.ts'

/** As it stands in the library: how long it will still take is not stored. */
export type StoredRun = Omit<RunSummary, 'secondsLeft'>

/** Who trains a run, and where. */
export interface RunProcess {
  readonly process: number
  readonly machine: string
  /** When the process took the run up. */
  readonly takenAt: string
}

export interface NewRun extends RunProcess {
  readonly id: string
  readonly preset: string
  readonly name: string
  /** Of the package. */
  readonly folder: string
  readonly seed: number
  readonly epochs: number
  readonly settings: Readonly<Record<string, number | string>>
  /** JSON value: all that the run was asked to do, so that it can be resumed or done again. */
  readonly request: object
}

/** What is known once the cells are read. */
export interface RunStart {
  readonly data: readonly RunFile[]
  readonly threads: number
  readonly findings: readonly Finding[]
}

export interface RunEnd {
  readonly state: 'interrupted' | 'finished' | 'cancelled' | 'failed'
  readonly endedAt: string
  readonly bestEpoch: number | null
  readonly error: string | null
}

interface RunRow {
  id: string
  preset: string
  name: string
  folder: string
  seed: number
  epochs: number
  settings: string
  request: string
  data: string
  state: RunSummary['state']
  process: number
  machine: string
  threads: number | null
  started_at: string
  taken_at: string
  ended_at: string | null
  best_epoch: number | null
  notes: string
  findings: string
  error: string | null
}

interface EpochRow {
  epoch: number
  train_loss: number | null
  validation_loss: number | null
  gate_entropy: number | null
  gate_weights: string
  seconds: number | null
}

export type RunRepository = ReturnType<typeof runRepository>

/** Training runs and their epochs: kept, whatever became of them, until their user deletes them. */
export function runRepository(database: Database) {
  const statements = runStatements(database)
  const { list, byId, inFolder, request, epochs, active } = statements
  const storedRun = (row: RunRow): StoredRun => runOf(row, epochs.all(row.id))
  return {
    /** Newest first. */
    list: (): StoredRun[] => list.all().map(storedRun),
    find(id: string): StoredRun | null {
      const row = byId.get(id)
      return row === undefined ? null : storedRun(row)
    },
    /** The newest run that writes its package to a folder. */
    inFolder(folder: string): Pick<StoredRun, 'id' | 'state'> | null {
      return inFolder.get(folder) ?? null
    },
    /** What a run was asked to do, as it was inserted, and the folder of its package. */
    request(id: string): { folder: string; request: unknown } | null {
      const row = request.get(id)
      return row === undefined ? null : { folder: row.folder, request: JSON.parse(row.request) as unknown }
    },
    /** Runs that claim to go on, with the process that trains them. */
    active: (): { id: string; process: number; takenAt: string }[] =>
      active.all().map((row) => ({ id: row.id, process: row.process, takenAt: row.taken_at })),
    ...runChanges(statements),
  }
}

function runChanges({
  insert,
  takeUp,
  begin,
  addFindings,
  hold,
  note,
  addEpoch,
  end,
  remove,
}: RunStatements) {
  return {
    insert: ({ settings, request, ...run }: NewRun): void =>
      void insert.run({ ...run, settings: JSON.stringify(settings), request: JSON.stringify(request) }),
    /** A run that was interrupted or failed runs again. False where it is in no such state. */
    takeUp: (id: string, by: RunProcess): boolean => takeUp.run({ ...by, id }).changes === 1,
    begin: (id: string, { data, threads, findings }: RunStart): void =>
      void begin.run({ id, threads, data: JSON.stringify(data), findings: JSON.stringify(findings) }),
    addFindings: (id: string, findings: readonly Finding[]): void =>
      findings.forEach((finding) => addFindings.run({ id, finding: JSON.stringify(finding) })),
    hold: (id: string, isHeld: boolean): void => void hold.run({ id, state: isHeld ? 'paused' : 'running' }),
    note: (id: string, notes: string): void => void note.run({ id, notes }),
    addEpoch: (id: string, { gateWeights, ...report }: EpochReport): void =>
      void addEpoch.run({ ...report, gateWeights: JSON.stringify(gateWeights), id }),
    /** Ends a run that goes on or could be resumed; one that has ended for good stays as it is. */
    end: (id: string, ending: RunEnd): void => void end.run({ ...ending, id }),
    /** With its epochs. False where it goes on, or is not there. */
    remove: (id: string): boolean => remove.run(id).changes === 1,
  }
}

type RunStatements = ReturnType<typeof runStatements>

function runStatements(database: Database) {
  return {
    list: database.prepare<[], RunRow>('SELECT * FROM run ORDER BY started_at DESC, rowid DESC'),
    byId: database.prepare<[string], RunRow>('SELECT * FROM run WHERE id = ?'),
    inFolder: database.prepare<[string], Pick<RunRow, 'id' | 'state'>>(
      'SELECT id, state FROM run WHERE folder = ? ORDER BY started_at DESC, rowid DESC LIMIT 1',
    ),
    request: database.prepare<[string], Pick<RunRow, 'folder' | 'request'>>(
      'SELECT folder, request FROM run WHERE id = ?',
    ),
    active: database.prepare<[], RunRow>("SELECT * FROM run WHERE state IN ('running', 'paused')"),
    epochs: database.prepare<[string], EpochRow>('SELECT * FROM epoch WHERE run_id = ? ORDER BY epoch'),
    insert: database.prepare(
      `INSERT INTO run (id, preset, name, folder, seed, epochs, settings, request, state, process, machine,
         started_at, taken_at)
       VALUES (@id, @preset, @name, @folder, @seed, @epochs, @settings, @request, 'running', @process, @machine,
         @takenAt, @takenAt)`,
    ),
    takeUp: database.prepare(
      `UPDATE run SET state = 'running', process = @process, machine = @machine, taken_at = @takenAt,
         ended_at = NULL, error = NULL
       WHERE id = @id AND state IN ('interrupted', 'failed')`,
    ),
    begin: database.prepare(
      'UPDATE run SET data = @data, threads = @threads, findings = @findings WHERE id = @id',
    ),
    addFindings: database.prepare(
      "UPDATE run SET findings = json_insert(findings, '$[#]', json(@finding)) WHERE id = @id",
    ),
    hold: database.prepare("UPDATE run SET state = @state WHERE id = @id AND state IN ('running', 'paused')"),
    note: database.prepare('UPDATE run SET notes = @notes WHERE id = @id'),
    addEpoch: database.prepare(
      `INSERT OR REPLACE INTO epoch (run_id, epoch, train_loss, validation_loss, gate_entropy, gate_weights, seconds)
       VALUES (@id, @epoch, @trainLoss, @validationLoss, @gateEntropy, @gateWeights, @seconds)`,
    ),
    remove: database.prepare<[string]>("DELETE FROM run WHERE id = ? AND state NOT IN ('running', 'paused')"),
    end: database.prepare(
      `UPDATE run SET state = @state, ended_at = @endedAt, best_epoch = @bestEpoch, error = @error
       WHERE id = @id AND state NOT IN ('finished', 'cancelled')`,
    ),
  }
}

function runOf(row: RunRow, history: readonly EpochRow[]): StoredRun {
  return {
    id: row.id,
    preset: row.preset,
    name: row.name,
    state: row.state,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    epochs: row.epochs,
    seed: row.seed,
    settings: JSON.parse(row.settings) as StoredRun['settings'],
    data: JSON.parse(row.data) as RunFile[],
    machine: row.machine,
    threads: row.threads,
    history: history.map(epochReport),
    bestEpoch: row.best_epoch,
    notes: row.notes,
    findings: JSON.parse(row.findings) as Finding[],
    modelFolder: row.state === 'finished' ? row.folder : null,
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
    gateWeights: JSON.parse(row.gate_weights) as number[],
    seconds: row.seconds ?? Number.NaN,
  }
}
