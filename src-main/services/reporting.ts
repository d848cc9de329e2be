import { measuredPoints, type MeasuredPoint } from '../../src-shared/chart/trajectory.ts'
import type { Finding } from '../../src-shared/cell/finding.ts'
import { reportSections } from '../../src-shared/contract/reports.ts'
import type {
  Application,
  FilePayload,
  RecordSummary,
  RequestInput,
} from '../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import type { Assessment } from '../../src-shared/forecast/assessment.ts'
import type { Grade } from '../../src-shared/grading/grade.ts'
import type { ReportCycle, ReportInputs } from '../report/reportRecord.ts'
import {
  answerCell,
  answeredCycle,
  chooseModel,
  keepAnswer,
  type AssessedCell,
  type CellQuestion,
} from './assessing.ts'
import { readCellFile, requireCycle } from './cellFile.ts'
import { traceSignals } from './cycleSignals.ts'
import { currentRules } from './grading.ts'
import type { ModelShelf } from './models.ts'
import type { Parts } from './parts.ts'
import { reportCycle } from './recomputing.ts'
import { describeCell } from './statedDescription.ts'

/** Who stands for the report; printed as given. */
export interface ReportSigns {
  readonly laboratory?: string
  readonly operator?: string
}

export function reportRequests(parts: Parts, models: ModelShelf): Pick<Application, 'reports/cell'> {
  return {
    'reports/cell': async (input): Promise<FilePayload> => {
      const { bytes, cell } = await reportStoredCell(parts, models, input)
      return {
        fileName: `${fileName(cell)}.pdf`,
        mediaType: 'application/pdf',
        base64: Buffer.from(bytes).toString('base64'),
      }
    },
  }
}

/** The report of a cell of the library; the answer it prints is kept there. */
export async function reportStoredCell(
  parts: Parts,
  models: ModelShelf,
  input: RequestInput<'reports/cell'>,
): Promise<{ bytes: Uint8Array; cell: string }> {
  const { laboratory, operator, ...question } = input
  const library = await parts.library()
  const { stored, cellId, cell, asked } = await keepAnswer(parts, models, question)
  const cycle = await answeredCycle(cell, asked, stored.assessment, models)
  const trace = library.cycles.trace(cellId, cycle.row)
  const record = library.records.ofCell(cellId).at(-1)
  const { version, sha256, rules } = currentRules(library)
  const { verdict, grade, reasons } = stored.grade
  const bytes = await printReport(parts, models, {
    assessment: stored.assessment,
    assessmentId: stored.id,
    cell,
    question: asked,
    cycle: reportCycle(cycle, trace === null ? null : traceSignals(trace)),
    record: record === undefined ? null : reportRecord(record),
    rules: { version, sha256, rules },
    grade: { verdict, grade, reasons },
    signs: {
      ...(laboratory === undefined ? {} : { laboratory }),
      ...(operator === undefined ? {} : { operator }),
    },
  })
  return { bytes, cell: cell.name }
}

/** The report of a measurement file; nothing is stored. */
export async function reportCellFile(
  parts: Parts,
  models: ModelShelf,
  input: { path: string; question: CellQuestion; signs: ReportSigns; signal: CancelSignal },
): Promise<Uint8Array> {
  const { path, question, signs, signal } = input
  const { cell, result } = await readCellFile(parts, path, { stated: question, signal })
  requireCycle(result, path)
  const assessment = await answerCell(cell, question, models)
  const cycle = await answeredCycle(cell, question, assessment, models)
  const trace = result.traces?.[cycle.row] ?? null
  return printReport(parts, models, {
    assessment,
    assessmentId: null,
    cell,
    question,
    cycle: reportCycle(cycle, trace === null ? null : traceSignals(trace)),
    record: reportRecord({ ...result, path }),
    rules: null,
    grade: null,
    signs,
  })
}

interface Printed {
  readonly assessment: Assessment
  readonly assessmentId: string | null
  readonly cell: AssessedCell
  readonly question: CellQuestion
  readonly cycle: ReportCycle
  readonly record: ReportInputs['record']
  readonly rules: ReportInputs['rules']
  readonly grade: Grade | null
  readonly signs: ReportSigns
}

async function printReport(parts: Parts, models: ModelShelf, printed: Printed): Promise<Uint8Array> {
  const { cellReport } = await parts.report()
  const { model } = await chooseModel(printed.cell.description, printed.question.model, models)
  const { assessment, assessmentId, grade, signs } = printed
  return cellReport(
    {
      schema: 'pimoe-report-record/1',
      report: {
        createdAt: new Date().toISOString(),
        programVersion: parts.places.version,
        assessmentId,
        release: null,
      },
      settings: {
        paper: 'A4',
        sections: [...reportSections],
        laboratory: { name: signs.laboratory ?? null, address: null, logo: null },
        operator: signs.operator ?? null,
        reviewer: null,
      },
      inputs: await reportInputs(models, printed),
      results: { assessment, grade },
    },
    model.manifest,
  )
}

async function reportInputs(models: ModelShelf, printed: Printed): Promise<ReportInputs> {
  const { assessment, cell, question, cycle, record, rules } = printed
  const { name, simulated } = cell.description
  const { findings } = await chooseModel(cell.description, question.model, models)
  return {
    cell: describeCell({ name, simulated, hints: cell.description }, question),
    battery: { maker: null, model: null, manufactured: null, priorUse: null, status: null },
    record,
    cycle,
    measured: earlierCapacities(cell, cycle.row),
    question: {
      scenario: question.scenario ?? null,
      horizon: question.horizon ?? null,
      threshold: question.threshold ?? null,
      measuredCapacity_Ah: question.measuredCapacity_Ah ?? null,
    },
    model: assessment.model,
    remarks: { before: cell.doubts, after: findings },
    rules,
  }
}

/** A folder names a person or a machine; only the file's own name is told. */
function reportRecord({ path, sha256, bytes, format, findings }: MeasurementFile): ReportInputs['record'] {
  return { fileName: path.split(/[\\/]/).at(-1) ?? path, sha256, bytes, format, findings: [...findings] }
}

type MeasurementFile = Pick<RecordSummary, 'path' | 'sha256' | 'bytes' | 'format'> & {
  readonly findings: readonly Finding[]
}

function earlierCapacities({ cycles }: AssessedCell, row: number): MeasuredPoint[] {
  const earlier = cycles.filter((cycle) => cycle.row <= row)
  const capacities = earlier.map((cycle) => ({
    row: cycle.row,
    dischargeCapacity_Ah: cycle.dischargeCapacity,
  }))
  return measuredPoints(capacities, row)
}

/** Names that every file system takes. */
function fileName(cell: string): string {
  return cell.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, 80)
}
