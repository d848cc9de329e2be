import type { Database } from 'better-sqlite3'
import type { CellDescription } from '../../src-shared/cell/cell.ts'
import type { AssessmentQuestion, CellDetail, StoredAssessment } from '../../src-shared/contract/requests.ts'
import type { Assessment } from '../../src-shared/forecast/assessment.ts'

/** An answer with all that it rests on: computing it again from this and the cell's cycles gives the same answer. */
export interface KeptAssessment extends Omit<StoredAssessment, 'grade'> {
  readonly cellId: string
  /** The library's own number of the cycle. */
  readonly cycleId: number
  readonly program: string
  readonly question: AssessmentQuestion
  /** The cell as it was described then. */
  readonly description: CellDescription
}

interface AssessmentRow {
  id: string
  cell_id: string
  cycle_id: number
  assessed_at: string
  program: string
  question: string
  description: string
  model_sha256: string
  answer: string
}

/** An answer and the place it was given from. */
export interface KeptForecast {
  readonly id: string
  readonly assessedAt: string
  readonly row: number
  readonly assessment: Assessment
}

interface ForecastRow {
  id: string
  assessed_at: string
  row: number
  answer: string
}

type ListRow = CellDetail['assessments'][number]

export type AssessmentRepository = ReturnType<typeof assessmentRepository>

export function assessmentRepository(database: Database) {
  const byId = database.prepare<[string], AssessmentRow>('SELECT * FROM assessment WHERE id = ?')
  const ofCell = database.prepare<[string], ListRow>(
    `SELECT assessment.id, assessed_at AS assessedAt, cycle.row, answer ->> '$.scenario.name' AS scenario,
       answer ->> '$.model.name' AS model, state_of_health AS stateOfHealth
     FROM assessment JOIN cycle ON cycle.id = assessment.cycle_id
     WHERE assessment.cell_id = ? ORDER BY assessed_at DESC, assessment.rowid DESC`,
  )
  const forecasts = database.prepare<[string], ForecastRow>(
    `SELECT assessment.id, assessed_at, cycle.row, answer FROM assessment JOIN cycle ON cycle.id = assessment.cycle_id
     WHERE assessment.cell_id = ? ORDER BY assessed_at, assessment.rowid`,
  )
  const removeOfRecord = database.prepare(
    'DELETE FROM assessment WHERE cycle_id IN (SELECT id FROM cycle WHERE record_id = ?)',
  )
  const insert = database.prepare(
    `INSERT INTO assessment (id, cell_id, cycle_id, assessed_at, program, question, description, model_sha256, answer)
     VALUES (@id, @cell_id, @cycle_id, @assessed_at, @program, @question, @description, @model_sha256, @answer)`,
  )
  return {
    find(id: string): KeptAssessment | null {
      const row = byId.get(id)
      return row === undefined ? null : keptAssessment(row)
    },
    /** Forgets what rests on the cycles of a record; how many there were. */
    removeOfRecord: (recordId: number): number => removeOfRecord.run(recordId).changes,
    /** Newest first. */
    ofCell: (cellId: string): ListRow[] => ofCell.all(cellId),
    /** Oldest first, each with the row of the cycle that it rests on. */
    forecastsOf: (cellId: string): KeptForecast[] => forecasts.all(cellId).map(keptForecast),
    insert: (kept: KeptAssessment): void => void insert.run(columnsOf(kept)),
  }
}

function keptAssessment(row: AssessmentRow): KeptAssessment {
  return {
    id: row.id,
    cellId: row.cell_id,
    cycleId: row.cycle_id,
    assessedAt: row.assessed_at,
    program: row.program,
    question: JSON.parse(row.question) as AssessmentQuestion,
    description: JSON.parse(row.description) as CellDescription,
    assessment: JSON.parse(row.answer) as Assessment,
  }
}

function keptForecast({ id, assessed_at, row, answer }: ForecastRow): KeptForecast {
  return { id, assessedAt: assessed_at, row, assessment: JSON.parse(answer) as Assessment }
}

function columnsOf(kept: KeptAssessment): AssessmentRow {
  return {
    id: kept.id,
    cell_id: kept.cellId,
    cycle_id: kept.cycleId,
    assessed_at: kept.assessedAt,
    program: kept.program,
    question: JSON.stringify(kept.question),
    description: JSON.stringify(kept.description),
    model_sha256: kept.assessment.model.sha256,
    answer: JSON.stringify(kept.assessment),
  }
}
