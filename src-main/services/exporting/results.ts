import type { Application, FilePayload } from '../../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import { basename } from 'node:path'
import { tableToCsv } from '../../../src-shared/chart/table.ts'
import { conditionFields } from '../../../src-shared/exchange/condition.ts'
import { remainingEnergy, type RemainingEnergy } from '../../../src-shared/exchange/energy.ts'
import { resultColumns, resultTable } from '../../../src-shared/exchange/resultTable.ts'
import type { BatteryResult, Results } from '../../../src-shared/exchange/results.ts'
import { cancelled } from '../../../src-shared/failure/failure.ts'
import type { Library } from '../../library/openLibrary.ts'
import { traceSignals } from '../library/cycleSignals.ts'
import { batteryGrades } from '../grading/grading.ts'
import type { Parts } from '../parts.ts'
import { unknownCell } from '../library/unknownCell.ts'

export type ResultsFormat = 'json' | 'csv' | 'parquet'

export const mediaTypes: Readonly<Record<ResultsFormat, string>> = {
  json: 'application/json',
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
}

export function resultRequests(parts: Parts): Pick<Application, 'results/export'> {
  return {
    'results/export': async ({ format, cells }, { signal }): Promise<FilePayload> => {
      const results = await libraryResults(parts, { cells, signal })
      const bytes = await resultsFile(results, format)
      return {
        fileName: `results.${format}`,
        mediaType: mediaTypes[format],
        base64: Buffer.from(bytes).toString('base64'),
      }
    },
  }
}

/** Every battery of the library, or those named, with its newest assessment that holds. Throws Failure `no-such-cell`. */
export async function libraryResults(
  parts: Parts,
  { cells, signal }: { cells: readonly string[] | undefined; signal: CancelSignal },
): Promise<Results> {
  const library = await parts.library()
  const ids = cells?.map((named) => idOf(library, named)) ?? library.cells.list().map(({ id }) => id)
  const grades = new Map(batteryGrades(library, cells).map((one) => [one.cell, one]))
  const batteries: BatteryResult[] = []
  for (const id of new Set(ids)) {
    if (signal.aborted) throw cancelled()
    const graded = grades.get(id) ?? null
    batteries.push(batteryResult(library, id, graded))
  }
  return {
    schema: 'pimoe-results/1',
    program: `PIMOE ${parts.places.version}`,
    exportedAt: new Date().toISOString(),
    batteries,
  }
}

/** The bytes of the results in a format; JSON with line breaks, for people and for comparing versions. */
export async function resultsFile(results: Results, format: ResultsFormat): Promise<Uint8Array> {
  if (format === 'json') return Buffer.from(`${JSON.stringify(results, null, 2)}\n`)
  if (format === 'csv') return Buffer.from(`\uFEFF${tableToCsv(resultTable(results.batteries))}`)
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const columnData = resultColumns.map(({ name, isNumber, of }) => ({
    name,
    data: results.batteries.map(of),
    type: isNumber ? ('DOUBLE' as const) : ('STRING' as const),
    nullable: true,
  }))
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}

function batteryResult(
  library: Library,
  id: string,
  graded: ReturnType<typeof batteryGrades>[number] | null,
): BatteryResult {
  const cell = library.cells.find(id)
  if (cell === null) throw unknownCell(library, id)
  const { name, chemistry, simulated } = cell.description
  const kept = graded === null ? null : library.assessments.find(graded.assessment)
  const declared = library.declarations.ofCell(id).flatMap(({ values }) => values)
  const records = library.records.ofCell(id)
  return {
    battery: {
      id,
      name,
      chemistry: kept?.assessment.chemistry ?? chemistry,
      simulated: simulated || kept?.assessment.simulated === true,
      records: records.map(({ path, sha256 }) => ({ file: basename(path), sha256 })),
    },
    condition: conditionFields(
      kept === null ? null : { ...kept, energy: energyOf(library, id, kept) },
      declared,
    ),
    grade: graded?.grade ?? null,
    assessment: kept === null ? null : assessmentPart(kept),
    declared,
  }
}

function energyOf(
  library: Library,
  id: string,
  { assessment }: NonNullable<ReturnType<Library['assessments']['find']>>,
): RemainingEnergy {
  const cycle = library.cycles.lastOf(id, ({ number }) => number === assessment.cycle)
  const trace = cycle === null ? null : library.cycles.trace(id, cycle.row)
  return remainingEnergy({
    signals: trace === null ? null : traceSignals(trace),
    dischargeCapacity_Ah: cycle?.dischargeCapacity ?? null,
    presentCapacity: assessment.presentCapacity,
    nominalVoltage_V: library.cells.fields(id)?.nominalVoltage_V ?? null,
  })
}

function assessmentPart({
  id,
  assessedAt,
  program,
  assessment,
}: NonNullable<ReturnType<Library['assessments']['find']>>): NonNullable<BatteryResult['assessment']> {
  const { cycle, model, scenario, stateOfHealth, presentCapacity, endOfLife, domain } = assessment
  return {
    id,
    assessedAt,
    program,
    cycle,
    model,
    scenario,
    stateOfHealth,
    presentCapacity,
    endOfLife,
    domain,
  }
}

function idOf(library: Library, named: string): string {
  const found = library.cells.find(named)
  if (found === null) throw unknownCell(library, named)
  return found.id
}
