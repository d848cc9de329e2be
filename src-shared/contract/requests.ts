import type { CellDescription, CellLabel } from '../cell/cell.ts'
import type { Finding } from '../cell/finding.ts'
import type { TableMapping } from '../cell/mapping.ts'
import type { MappingTemplate } from '../cell/mappingTemplate.ts'
import type { Repair } from '../cell/repair.ts'
import type { Declaration } from '../exchange/declaration.ts'
import type { Assessment } from '../forecast/assessment.ts'
import type { Manifest } from '../forecast/package.ts'
import type { Scenario } from '../forecast/scenario.ts'
import type { AdvisedMeasurement } from './advice.ts'
import type { CellRow } from './cellRows.ts'
import type { CellChanges, CellsChanged, CellSummary, ChangeHistory } from './cells.ts'
import type { BackupProgress, LibraryBackup, LibraryCheck, LibraryRestored } from './keeping.ts'
import type { ComparisonRequests } from './comparisons.ts'
import type { FollowingRequests } from './following.ts'
import type { GradingRequests, VersionedGrade } from './grading.ts'
import type { ModelRequests } from './models.ts'
import type { Nothing } from './nothing.ts'
import type { TrainingRequests } from './training.ts'
import type { RecordSignals } from './recordSignals.ts'
import type {
  BatteryIdentity,
  Correction,
  LogCheck,
  LogEntry,
  LotReportQuestion,
  ReleasedReport,
  ReportOptions,
  Verification,
} from './reports.ts'
import type { CellScores, LibraryScores } from './scores.ts'
import type { ScenarioRequests } from './scenarios.ts'
import type { DatasetSummary } from './datasets.ts'
import type { FileInspection, FileTarget, KeyFigures } from './imports.ts'
import type { CancelSignal } from './signal.ts'

// Everything the renderer may ask of the application. One entry a request; JSON values only, so any transport carries it.

/** Which assessment is wanted. Absent fields take their default: last usable cycle, own use held, the default model. */
export interface AssessmentQuestion {
  cell: string
  cycle?: number
  /** A stored scenario's id, or a scenario as edited. Absent: the record's own use, held. */
  scenario?: string | Scenario
  horizon?: number
  threshold?: number
  model?: string
  nominalCapacity_Ah?: number
  chemistry?: string
  temperature_degC?: number
  measuredCapacity_Ah?: number
}

export interface ImportedFile {
  path: string
  sha256: string
  format: string
  status: 'imported' | 'quarantined' | 'refused'
  /** Of a quarantined file: by which it is asked about. */
  quarantine?: string
  /** Of an imported one: what was accepted to be changed. */
  repairs?: Repair[]
  /** True when this very file was in the library already. */
  known: boolean
  cells: string[]
  cycles: number
  findings: Finding[]
}

/** `fraction` is the share of the file that was read by then; `read` what came of the file before it. */
export interface ImportProgress {
  done: number
  total: number
  file: string
  fraction?: number
  read?: ImportedFile
}

/** A file that waits for a decision; its bytes are kept in the library's folder. */
export interface QuarantinedFile {
  id: string
  path: string
  sha256: string
  bytes: number
  format: string
  cycles: number
  findings: Finding[]
  /** What the findings propose, each once. */
  proposals: { repair: Repair; effect: string }[]
  heldAt: string
}

/** What accepting repairs would do, told before anything is stored. */
export interface RepairEffect {
  repairs: Repair[]
  before: KeyFigures
  after: KeyFigures
  /** Findings that remain afterwards. */
  findings: Finding[]
}

/** The decision under which a record was taken although it was in doubt. */
export interface Acceptance extends RepairEffect {
  acceptedAt: string
  /** What was in doubt. */
  doubts: Finding[]
}

export interface CycleSummary {
  row: number
  number: number
  /** Window of the charge curve; null with a reason when there is none. */
  window_V: { from: number; to: number } | null
  hasChargeCurve: boolean
  relaxationPoints: number
  /** Length of the rest; null where there is none or its file does not say. */
  rest_s: number | null
  dischargeCapacity_Ah: number | null
  /** Why a forecast can or cannot rest on this cycle. */
  usable: boolean
  reason: string | null
}

export interface RecordSummary {
  path: string
  sha256: string
  bytes: number
  format: string
  importedAt: string
  /** By which its table was read; absent for the layouts that are known as a whole. */
  mapping?: TableMapping
  findings: Finding[]
  /** Null where nothing was in doubt. */
  acceptance: Acceptance | null
}

export interface CellDetail {
  id: string
  description: CellDescription
  label: CellLabel
  cycles: CycleSummary[]
  records: RecordSummary[]
  assessments: {
    id: string
    assessedAt: string
    /** Of the cycle that it rests on. */
    row: number
    scenario: string
    model: string
    stateOfHealth: number
  }[]
  /** Capacities that the user stated, by the row of the cycle. */
  stated: { row: number; capacity_Ah: number }[]
}

export interface CycleDetail {
  row: number
  number: number
  chargeCurve: { from_V: number | null; to_V: number | null; charge_Ah: number[] } | null
  relaxation: { time_s: number[] | null; voltage_V: number[] } | null
  /** Down-sampled signals of this cycle; null for files without a time series. */
  record: { time_s: number[]; voltage_V: number[]; current_A: number[] } | null
}

export interface StoredAssessment {
  id: string
  assessedAt: string
  assessment: Assessment
  grade: VersionedGrade
}

export interface ModelSummary {
  name: string
  isDefault: boolean
  sha256: string
  manifest: Manifest
  card: string
}

export interface FilePayload {
  fileName: string
  mediaType: string
  base64: string
}

/** request -> [input, output, progress] */
export interface Requests
  extends
    ScenarioRequests,
    FollowingRequests,
    ComparisonRequests,
    GradingRequests,
    TrainingRequests,
    ModelRequests {
  'app/info': [
    Nothing,
    {
      version: string
      library: string
      host: 'electron' | 'http' | 'cli'
      defaultModel: string | null
      /** What is to be said of the library's folder: synchronised, or on the network. */
      place: Finding[]
    },
  ]
  /**
   * Reads a file and stores nothing: by the mapping, else as it was read before, else as it is found. Of a long text the
   * first part is told as soon as it is read.
   */
  'files/inspect': [
    { target: FileTarget; mapping?: TableMapping; nominalCapacity_Ah?: number },
    FileInspection,
    { fraction: number; part?: FileInspection },
  ]
  'files/import': [
    {
      paths: string[]
      /** How the tables are to be read, whatever is found in them. */
      mapping?: TableMapping
      /** A file that is in the library already is read anew, in place of what was read of it then. */
      again?: boolean
      nominalCapacity_Ah?: number
      chemistry?: string
      temperature_degC?: number
      /** Of which cell the files are later measurements; absent: each file is a cell of its own. */
      cell?: string
      /** Cycles from the last recorded one to the first of the file; absent: as the cyclers' numbers say. */
      cyclesSince?: number
      /** Repairs to accept where a file's findings propose them; `proposed` accepts them all. */
      accept?: (Repair | 'proposed')[]
    },
    { files: ImportedFile[] },
    ImportProgress,
  ]
  'samples/import': [Nothing, { files: ImportedFile[] }, ImportProgress]
  'quarantine/list': [Nothing, QuarantinedFile[]]
  /** What repairs would do; nothing is stored. */
  'quarantine/preview': [{ id: string; repairs: Repair[] }, RepairEffect]
  /** Imports the file with these repairs; it stays where doubts remain, unless `as-recorded` is among them. */
  'quarantine/accept': [{ id: string; repairs: Repair[] }, ImportedFile]
  /** Forgets the files and the copies that were kept of them. */
  'quarantine/reject': [{ ids: string[] }, { rejected: number }]
  /** Reads the file again, with what is now said of its cell. */
  'quarantine/retry': [
    {
      id: string
      mapping?: TableMapping
      again?: boolean
      nominalCapacity_Ah?: number
      chemistry?: string
      temperature_degC?: number
    },
    ImportedFile,
  ]
  /** The published data sets that presets name, and which of their cells the library holds. */
  'datasets/list': [Nothing, DatasetSummary[]]
  'templates/list': [Nothing, MappingTemplate[]]
  /** Reads the file by the mapping first; what cannot be read is not kept. */
  'templates/save': [{ name: string; file: FileTarget; mapping: TableMapping }, MappingTemplate]
  'templates/remove': [{ name: string }, { removed: number }]
  'cells/list': [Nothing, CellSummary[]]
  /** The same, as a window with thousands of cells asks for it. */
  'cells/rows': [Nothing, CellRow[]]
  'cells/get': [{ id: string }, CellDetail]
  'cells/cycle': [{ id: string; row: number }, CycleDetail]
  /** The signals of the record that holds this row. */
  'cells/record': [{ id: string; row: number }, RecordSignals]
  'cells/describe': [{ id: string; changes: Partial<CellDescription> }, CellDetail]
  /** What the laboratory keeps of one cell. */
  'cells/label': [{ id: string }, CellLabel]
  /** Sets fields and tags of all these cells, in one change; the name of one cell only. */
  'cells/change': [
    { ids: string[]; changes?: CellChanges; addTags?: string[]; removeTags?: string[] },
    CellsChanged,
  ]
  'cells/remove': [{ ids: string[] }, { removed: number }]
  /** Brings removed cells back, however long ago they were removed. */
  'cells/restore': [{ ids: string[] }, { restored: number }]
  /**
   * States a capacity that was measured at this row, or takes the statement back (null). A row beyond the last cycle is
   * a measurement without a record. Forecasts from that cycle start from it, earlier ones are scored against it.
   */
  'cells/measure': [{ id: string; row: number; capacity_Ah: number | null }, CellDetail]
  'changes/list': [Nothing, ChangeHistory]
  /** The newest change that is not undone; where `id` names another, nothing happens. */
  'changes/undo': [{ id?: number }, CellsChanged]
  /** The change that was undone last. */
  'changes/redo': [{ id?: number }, CellsChanged]
  /** Takes what a battery passport, or another program's results, declare of a cell. */
  'cells/declare': [
    { id: string; path: string },
    { cell: string; declaration: Declaration; findings: Finding[] },
  ]
  /** Computes without storing: for dragging a block's edge. `upTo`: this horizon, or the model's longest where that is less. */
  'assessments/preview': [AssessmentQuestion & { upTo?: number }, Assessment]
  'assessments/run': [AssessmentQuestion, StoredAssessment]
  'assessments/get': [{ id: string }, StoredAssessment]
  /** Which further measurement would narrow the interval most, the best first, and what that can make of the grade; empty where none would, or it is unknown. */
  'assessments/advice': [AssessmentQuestion, AdvisedMeasurement[]]
  /** What was forecast of a cell against what was measured later. */
  'scores/cell': [{ id: string }, CellScores]
  /** The same of the whole library, summed for each model. */
  'scores/models': [Nothing, LibraryScores]
  /** Conditions and grades for other programs; without cells the whole library. */
  'results/export': [{ format: 'json' | 'csv' | 'parquet'; cells?: string[] }, FilePayload]
  /** Every cell (none named: all of the library) under every scenario, a JSON line an answer, in a file of the library's folder. */
  'batches/run': [
    {
      cells: string[]
      scenarios: (string | Scenario)[]
      model?: string
      horizon?: number
      threshold?: number
    },
    { file: string; answers: number; refused: number },
    { done: number; total: number },
  ]
  'models/list': [Nothing, ModelSummary[]]
  'models/import': [{ checkpoint: string; scaler?: string; name?: string }, ModelSummary]
  /** The network as one file for other programs. */
  'models/export': [{ model: string; format: 'safetensors' | 'onnx' }, FilePayload]
  /** A draft: neither signed nor kept. */
  'reports/preview': [AssessmentQuestion & { print?: ReportOptions }, FilePayload]
  /** Signs a report and keeps it as it is, as a number of its own or as the next revision of one. */
  'reports/release': [
    AssessmentQuestion & { print?: ReportOptions; corrects?: Correction },
    { released: ReleasedReport; file: FilePayload },
  ]
  'reports/list': [{ cell?: string }, ReleasedReport[]]
  /** The file as it was released. */
  'reports/get': [{ number: string; revision: number }, FilePayload]
  /** What the last release was printed with. */
  'reports/options': [Nothing, ReportOptions]
  /** What the library knows of a cell's type plate: what is said of it by hand, else what was declared. */
  'reports/plate': [{ cell: string }, BatteryIdentity]
  /** What has no answer that holds is assessed first; each is a progress message. */
  'reports/lot': [
    LotReportQuestion,
    { file: FilePayload; batteries: number; assessed: number },
    { done: number; total: number },
  ]
  /** Computes and prints the report in a file again, and compares every byte. */
  'reports/verify': [{ file: string }, Verification]
  /** To a file that ends in `.sqlite`, or into a folder; never over a file, never into the library's own folder. */
  'library/backup': [{ to: string }, LibraryBackup, BackupProgress]
  /** The present library is kept aside first. */
  'library/restore': [{ file: string }, LibraryRestored, BackupProgress]
  'library/check': [Nothing, LibraryCheck]
  'log/list': [{ limit?: number }, LogEntry[]]
  'log/check': [Nothing, LogCheck]
}

export type RequestName = keyof Requests
export type RequestInput<N extends RequestName> = Requests[N][0]
export type RequestOutput<N extends RequestName> = Requests[N][1]
export type RequestProgress<N extends RequestName> = Requests[N] extends [unknown, unknown, infer P]
  ? P
  : never

export interface CallContext<N extends RequestName> {
  readonly signal: CancelSignal
  readonly progress: (message: RequestProgress<N>) => void
}

/** The application as every host sees it. */
export type Application = {
  readonly [N in RequestName]: (input: RequestInput<N>, context: CallContext<N>) => Promise<RequestOutput<N>>
}
