import type { Database } from 'better-sqlite3'
import type { StoredRules } from '../../src-shared/contract/grading.ts'
import type { Assessment } from '../../src-shared/forecast/assessment.ts'
import type { Grade, GradedAnswer, GradeReason } from '../../src-shared/grading/grade.ts'
import type { GradingRules, Verdict } from '../../src-shared/grading/rules.ts'
import { newestValid } from './newestValid.ts'

/** A battery's newest assessment that still holds, as far as grades rest on it. */
export interface GradableBattery {
  readonly cellId: string
  readonly cellName: string
  readonly assessmentId: string
  readonly answer: GradedAnswer
}

export interface KeptGrade {
  readonly assessmentId: string
  readonly rulesVersion: number
  readonly gradedAt: string
  readonly grade: Grade
}

interface RulesRow {
  version: number
  rules: string
  sha256: string
  note: string
  saved_at: string
}

interface GradeRow {
  rules_version: number
  verdict: Verdict
  grade: string | null
  reasons: string
}

interface BatteryRow {
  cell_id: string
  cell_name: string
  assessment_id: string
  parts: string
}

export type GradeRepository = ReturnType<typeof gradeRepository>

/** Versions of the rules, and every grade that was given under one. Neither is ever changed. */
export function gradeRepository(database: Database) {
  const versions = database.prepare<[], RulesRow>('SELECT * FROM grading_rules ORDER BY version DESC')
  const newest = database.prepare<[], RulesRow>('SELECT * FROM grading_rules ORDER BY version DESC LIMIT 1')
  const insertRules = database.prepare(
    `INSERT INTO grading_rules (version, rules, sha256, note, saved_at)
     VALUES (@version, @rules, @sha256, @note, @saved_at)`,
  )
  const insertGrade = database.prepare(
    `INSERT INTO grade (assessment_id, rules_version, verdict, grade, reasons, graded_at)
     VALUES (@assessment_id, @rules_version, @verdict, @grade, @reasons, @graded_at)`,
  )
  const ofAssessment = database.prepare<[string], GradeRow>(
    'SELECT * FROM grade WHERE assessment_id = ? ORDER BY rules_version LIMIT 1',
  )
  const batteries = database.prepare<[], BatteryRow>(batteriesSql)
  return {
    /** Newest first. */
    versions: (): StoredRules[] => versions.all().map(storedRules),
    newest(): StoredRules | null {
      const row = newest.get()
      return row === undefined ? null : storedRules(row)
    },
    insertRules({ version, rules, sha256, note, savedAt }: StoredRules): void {
      insertRules.run({ version, rules: JSON.stringify(rules), sha256, note, saved_at: savedAt })
    },
    insert({ assessmentId, rulesVersion, gradedAt, grade }: KeptGrade): void {
      insertGrade.run({
        assessment_id: assessmentId,
        rules_version: rulesVersion,
        verdict: grade.verdict,
        grade: grade.grade,
        reasons: JSON.stringify(grade.reasons),
        graded_at: gradedAt,
      })
    },
    /** The grade given when the assessment was made, with the version of its rules. */
    first(assessmentId: string): { rulesVersion: number; grade: Grade } | null {
      const row = ofAssessment.get(assessmentId)
      if (row === undefined) return null
      const { verdict, grade, reasons, rules_version: rulesVersion } = row
      return { rulesVersion, grade: { verdict, grade, reasons: JSON.parse(reasons) as GradeReason[] } }
    },
    /** Every battery with an assessment that still holds, by name. */
    batteries: (): GradableBattery[] => batteries.all().map(gradableBattery),
  }
}

/** Several paths in one call: the answer is parsed once. */
const batteriesSql = `
  SELECT cell.id AS cell_id, cell.name AS cell_name, newest.id AS assessment_id,
    json_extract(newest.answer, '$.stateOfHealth', '$.endOfLife', '$.trajectory[#-1].cycle', '$.domain.findings',
      '$.simulated') AS parts
  FROM cell JOIN assessment AS newest ON newest.rowid = ${newestValid}
  WHERE cell.removed_at IS NULL ORDER BY cell.name, cell.id`

type Parts = [
  Assessment['stateOfHealth'],
  Assessment['endOfLife'],
  number | null,
  { code: string }[],
  boolean,
]

function gradableBattery(row: BatteryRow): GradableBattery {
  const [stateOfHealth, endOfLife, horizon, findings, simulated] = JSON.parse(row.parts) as Parts
  return {
    cellId: row.cell_id,
    cellName: row.cell_name,
    assessmentId: row.assessment_id,
    answer: {
      stateOfHealth,
      endOfLife,
      horizon: horizon ?? 0,
      findings: findings.map(({ code }) => code),
      simulated,
    },
  }
}

function storedRules({ version, rules, sha256, note, saved_at }: RulesRow): StoredRules {
  return { version, sha256, note, savedAt: saved_at, rules: JSON.parse(rules) as GradingRules }
}
