import { createHash } from 'node:crypto'
import type { Application } from '../../../src-shared/contract/requests.ts'
import type {
  BatteryGrade,
  DryRun,
  StoredRules,
  VersionedGrade,
} from '../../../src-shared/contract/grading.ts'
import type { RulesIdentity } from '../../../src-shared/exchange/results.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { countOutcomes, isSameOutcome } from '../../../src-shared/grading/dryRun.ts'
import { gradedAnswer, gradeOf } from '../../../src-shared/grading/grade.ts'
import { defaultRules, type GradingRules } from '../../../src-shared/grading/rules.ts'
import type { Library } from '../../library/openLibrary.ts'
import { logRules } from '../library/logging.ts'
import type { Parts } from '../parts.ts'
import { unknownCell } from '../library/unknownCell.ts'

export function gradingRequests(
  parts: Parts,
): Pick<Application, 'grading/rules' | 'grading/dry-run' | 'grading/save' | 'grading/list'> {
  return {
    'grading/rules': async () => {
      const library = await parts.library()
      currentRules(library)
      return library.grades.versions()
    },
    'grading/dry-run': async ({ rules }) => dryRun(await parts.library(), rules),
    'grading/save': async ({ rules, note }) => saveRules(await parts.library(), rules, note ?? ''),
    'grading/list': async ({ cells }) => batteryGrades(await parts.library(), cells),
  }
}

/** The newest version; a library that has none yet gets the rules that the program brings, as version 1. */
export function currentRules(library: Library): StoredRules {
  return (
    library.grades.newest() ??
    library.transaction(() => {
      const found = library.grades.newest()
      if (found !== null) return found
      const first = newVersion(defaultRules, { version: 1, note: 'Comes with the program.' })
      library.grades.insertRules(first)
      logRules(library, first)
      return first
    })
  )
}

/** Grades a stored assessment by the newest rules and keeps the grade; within the caller's transaction. */
export function keepGrade(
  library: Library,
  { id, assessedAt, assessment }: { id: string; assessedAt: string; assessment: Assessment },
): VersionedGrade {
  const rules = currentRules(library)
  const grade = gradeOf(gradedAnswer(assessment), rules.rules)
  library.grades.insert({ assessmentId: id, rulesVersion: rules.version, gradedAt: assessedAt, grade })
  return { ...grade, rules: identityOf(rules) }
}

/** The grade that an assessment was given when it was made, with the rules that decided. */
export function givenGrade(library: Library, assessmentId: string): VersionedGrade {
  const given = library.grades.first(assessmentId)
  const rules = library.grades.versions().find(({ version }) => version === given?.rulesVersion)
  if (given === null || rules === undefined) throw new Error(`Assessment ${assessmentId} has no grade`)
  return { ...given.grade, rules: identityOf(rules) }
}

function dryRun(library: Library, rules: GradingRules): DryRun {
  const current = currentRules(library)
  const graded = library.grades.batteries().map(({ cellId, cellName, answer }) => ({
    cell: cellId,
    cellName,
    simulated: answer.simulated,
    before: gradeOf(answer, current.rules),
    after: gradeOf(answer, rules),
  }))
  const order = [...new Set([...current.rules.grades, ...rules.grades].map(({ grade }) => grade))]
  return {
    schema: 'pimoe-grading-dry-run/1',
    against: identityOf(current),
    assessed: graded.length,
    notAssessed: library.cells.count() - graded.length,
    counts: countOutcomes(graded, order),
    changed: graded.filter(({ before, after }) => !isSameOutcome(before, after)),
  }
}

/** One transaction: the version with the grades of the whole library, or neither. Throws `rules-unchanged`. */
function saveRules(
  library: Library,
  rules: GradingRules,
  note: string,
): { saved: StoredRules; dryRun: DryRun } {
  currentRules(library)
  return library.transaction(() => {
    const current = currentRules(library)
    const saved = newVersion(rules, { version: current.version + 1, note })
    if (saved.sha256 === current.sha256) throw unchanged(current)
    const told = dryRun(library, rules)
    library.grades.insertRules(saved)
    logRules(library, saved)
    for (const { assessmentId, answer } of library.grades.batteries()) {
      const grade = gradeOf(answer, rules)
      library.grades.insert({ assessmentId, rulesVersion: saved.version, gradedAt: saved.savedAt, grade })
    }
    return { saved, dryRun: told }
  })
}

/** Grades of the batteries with an assessment that holds, all or those named. Throws Failure `no-such-cell`. */
export function batteryGrades(library: Library, wanted: readonly string[] | undefined): BatteryGrade[] {
  const current = currentRules(library)
  const ids = wanted === undefined ? null : new Set(wanted.map((named) => idOf(library, named)))
  return library.grades
    .batteries()
    .filter(({ cellId }) => ids?.has(cellId) ?? true)
    .map(({ cellId, cellName, assessmentId, answer }) => {
      const { value, low, high } = answer.stateOfHealth
      return {
        cell: cellId,
        cellName,
        assessment: assessmentId,
        simulated: answer.simulated,
        stateOfHealth: { value, low, high },
        grade: { ...gradeOf(answer, current.rules), rules: identityOf(current) },
      }
    })
}

function idOf(library: Library, named: string): string {
  const found = library.cells.find(named)
  if (found === null) throw unknownCell(library, named)
  return found.id
}

function newVersion(
  rules: GradingRules,
  { version, note }: Pick<StoredRules, 'version' | 'note'>,
): StoredRules {
  return { version, note, rules, sha256: rulesHash(rules), savedAt: new Date().toISOString() }
}

/** SHA-256 of the rules' JSON with sorted keys: the order in which a file names them changes nothing. */
function rulesHash(rules: GradingRules): string {
  return createHash('sha256')
    .update(JSON.stringify(sortedKeys(rules)))
    .digest('hex')
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, field]) => [key, sortedKeys(field)]))
}

export function identityOf({ rules, version, sha256 }: StoredRules): RulesIdentity {
  return { name: rules.name, version, sha256 }
}

function unchanged({ version }: StoredRules): Failure {
  return new Failure('usage', 'rules-unchanged', `These are the rules of version ${version} already.`, {
    advice: 'Change a rule, then save.',
  })
}
