import { measuredPoints, type MeasuredPoint } from '../../../src-shared/chart/trajectory.ts'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import {
  type BatteryIdentity,
  type ReportOptions,
  reportSections,
} from '../../../src-shared/contract/reports.ts'
import type { AssessmentQuestion, RecordSummary } from '../../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { gradedAnswer, gradeOf } from '../../../src-shared/grading/grade.ts'
import type {
  ReportIdentity,
  ReportInputs,
  ReportRecord,
  ReportResults,
  ReportSettings,
} from '../../report/reportRecord.ts'
import type { AssessedCell } from '../library/assessedCell.ts'
import {
  answerCell,
  answeredCycle,
  answerFromLibrary,
  chooseModel,
  keepAnswer,
  type CellQuestion,
} from '../assessing/assessing.ts'
import { readCellFile, requireCycle } from '../assessing/cellFile.ts'
import { traceSignals } from '../library/cycleSignals.ts'
import { currentRules } from '../grading/grading.ts'
import { fileNameOf } from '../library/logging.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { blankPlate, plateOf, statedPlate } from './plate.ts'
import { reportCycle } from '../assessing/recomputing.ts'
import { describeCell } from '../library/statedDescription.ts'

/** What a report rests on, before anything is said of who prints it and how. */
export interface ReportBasis {
  readonly assessmentId: string | null
  readonly inputs: Omit<ReportInputs, 'battery'>
  readonly results: ReportResults
  readonly model: ModelPackage
  /** What is known of the battery beside its record. */
  readonly plate: BatteryIdentity
}

interface Answered {
  readonly cell: AssessedCell
  readonly asked: CellQuestion
  readonly answer: Assessment
  readonly cycle: ReportInputs['cycle']
  readonly record: ReportInputs['record']
  readonly rules: ReportInputs['rules']
}

/** The basis for a cell of the library; nothing is kept. */
export async function previewBasis(
  parts: Parts,
  models: ModelShelf,
  question: AssessmentQuestion,
): Promise<ReportBasis & { cellId: string }> {
  const { answer, cell, cellId, asked } = await answerFromLibrary(await parts.library(), models, question)
  return libraryBasis(parts, models, { answer, cell, cellId, asked, assessmentId: null })
}

/** The basis for a cell of the library; the answer it rests on is kept there. */
export async function keptBasis(
  parts: Parts,
  models: ModelShelf,
  question: AssessmentQuestion,
): Promise<ReportBasis & { cellId: string }> {
  const { stored, cell, cellId, asked } = await keepAnswer(parts, models, question)
  return libraryBasis(parts, models, {
    answer: stored.assessment,
    cell,
    cellId,
    asked,
    assessmentId: stored.id,
  })
}

/** The basis for a measurement file; there are no rules to grade it by. */
export async function fileBasis(
  parts: Parts,
  models: ModelShelf,
  { path, question, signal }: { path: string; question: CellQuestion; signal: CancelSignal },
): Promise<ReportBasis> {
  const { cell, result } = await readCellFile(parts, path, { stated: question, signal })
  requireCycle(result, path)
  const answer = await answerCell(cell, question, models)
  const cycle = await answeredCycle(cell, question, answer, models)
  const trace = result.traces?.[cycle.row] ?? null
  return basisOf(models, null, {
    cell,
    asked: question,
    answer,
    cycle: reportCycle(cycle, trace === null ? null : traceSignals(trace)),
    record: recordOfFile({ ...result, path }),
    rules: null,
  })
}

/** The whole record of a report. */
export function recordOf(
  { inputs, results, plate }: ReportBasis,
  report: ReportIdentity,
  options: ReportOptions,
): ReportRecord {
  return {
    schema: 'pimoe-report-record/1',
    report,
    settings: settingsOf(options),
    inputs: { ...inputs, battery: statedPlate(plate, options.battery) },
    results,
  }
}

function settingsOf(options: ReportOptions): ReportSettings {
  const wanted = options.sections ?? reportSections
  return {
    paper: options.paper ?? 'A4',
    sections: reportSections.filter((section) => wanted.includes(section)),
    laboratory: {
      name: options.laboratory ?? null,
      address: options.address ?? null,
      logo: options.logo ?? null,
    },
    operator: options.operator ?? null,
    reviewer: options.reviewer ?? null,
  }
}

interface LibraryAnswer {
  readonly answer: Assessment
  readonly cell: AssessedCell
  readonly cellId: string
  readonly asked: CellQuestion
  readonly assessmentId: string | null
}

async function libraryBasis(
  parts: Parts,
  models: ModelShelf,
  { answer, cell, cellId, asked, assessmentId }: LibraryAnswer,
): Promise<ReportBasis & { cellId: string }> {
  const library = await parts.library()
  const cycle = await answeredCycle(cell, asked, answer, models)
  const trace = library.cycles.trace(cellId, cycle.row)
  const record = library.records.ofRow(cellId, cycle.row)
  const { version, sha256, rules } = currentRules(library)
  const basis = await basisOf(models, assessmentId, {
    cell,
    asked,
    answer,
    cycle: reportCycle(cycle, trace === null ? null : traceSignals(trace)),
    record: record === null ? null : recordOfFile(record),
    rules: { version, sha256, rules },
  })
  return { ...basis, plate: plateOf(library, cellId), cellId }
}

async function basisOf(
  models: ModelShelf,
  assessmentId: string | null,
  { cell, asked, answer, cycle, record, rules }: Answered,
): Promise<ReportBasis> {
  const { name, simulated } = cell.description
  const { model, findings } = await chooseModel(cell.description, asked.model, models)
  return {
    assessmentId,
    model,
    plate: blankPlate,
    inputs: {
      cell: describeCell({ name, simulated, hints: cell.description }, asked),
      record,
      cycle,
      measured: earlierCapacities(cell, cycle.row),
      question: {
        scenario: asked.scenario ?? null,
        horizon: asked.horizon ?? null,
        threshold: asked.threshold ?? null,
        measuredCapacity_Ah: asked.measuredCapacity_Ah ?? null,
      },
      model: answer.model,
      remarks: { before: cell.doubts, after: findings },
      rules,
    },
    results: {
      assessment: answer,
      grade: rules === null ? null : gradeOf(gradedAnswer(answer), rules.rules),
    },
  }
}

type MeasurementFile = Pick<RecordSummary, 'path' | 'sha256' | 'bytes' | 'format'> & {
  readonly findings: readonly Finding[]
}

function recordOfFile({ path, sha256, bytes, format, findings }: MeasurementFile): ReportInputs['record'] {
  return { fileName: fileNameOf(path), sha256, bytes, format, findings: [...findings] }
}

function earlierCapacities({ cycles }: AssessedCell, row: number): MeasuredPoint[] {
  const earlier = cycles.filter((cycle) => cycle.row <= row)
  const capacities = earlier.map((cycle) => ({
    row: cycle.row,
    dischargeCapacity_Ah: cycle.dischargeCapacity,
  }))
  return measuredPoints(capacities, row)
}
