import { measuredPoints, type MeasuredPoint } from '../../src-shared/chart/trajectory.ts'
import type {
  Application,
  CycleDetail,
  FilePayload,
  RequestInput,
} from '../../src-shared/contract/requests.ts'
import type { Assessment } from '../../src-shared/forecast/assessment.ts'
import type { CellReportInput } from '../report/cellReport.ts'
import {
  answerCell,
  answeredCycle,
  chooseModel,
  keepAnswer,
  type AssessedCell,
  type CellQuestion,
} from './assessing.ts'
import { readCellFile, requireCycle } from './cellFile.ts'
import { cycleSignals, traceSignals } from './cells.ts'
import type { ModelShelf } from './models.ts'
import type { Parts } from './parts.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'

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
  const { stored, cellId, cell } = await keepAnswer(parts, models, question)
  const cycle = await answeredCycle(cell, question, stored.assessment, models)
  const trace = library.cycles.trace(cellId, cycle.row)
  const bytes = await printReport(parts, models, {
    assessment: stored.assessment,
    assessmentId: stored.id,
    cell,
    question,
    detail: { ...cycleSignals(cycle), record: trace === null ? null : traceSignals(trace) },
    record: library.records.ofCell(cellId).at(-1) ?? null,
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
    detail: { ...cycleSignals(cycle), record: trace === null ? null : traceSignals(trace) },
    record: { ...result, path, findings: [...result.findings] },
    signs,
  })
}

interface Printed {
  readonly assessment: Assessment
  readonly assessmentId: string | null
  readonly cell: AssessedCell
  readonly question: Pick<CellQuestion, 'model'>
  readonly detail: CycleDetail
  readonly record: CellReportInput['record']
  readonly signs: ReportSigns
}

async function printReport(parts: Parts, models: ModelShelf, printed: Printed): Promise<Uint8Array> {
  const { cellReport } = await parts.report()
  const { assessment, assessmentId, cell, question, detail, record, signs } = printed
  const { model } = await chooseModel(cell.description, question.model, models)
  return cellReport({
    assessment,
    assessmentId,
    description: cell.description,
    cycle: detail,
    record,
    manifest: model.manifest,
    programVersion: parts.places.version,
    createdAt: new Date().toISOString(),
    measured: earlierCapacities(cell, detail.row),
    ...signs,
  })
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
