import { basename } from 'node:path'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import { quantities, type Quantity, type TableMapping } from '../../../src-shared/cell/mapping.ts'
import type { Repair } from '../../../src-shared/cell/repair.ts'
import { signalOverview, type SignalOverview } from '../../../src-shared/cell/signalOverview.ts'
import type {
  FileColumn,
  FileInspection,
  FileOpening,
  FileReading,
  FileTarget,
  FindingMark,
} from '../../../src-shared/contract/imports.ts'
import type { Application, CallContext, RequestInput } from '../../../src-shared/contract/requests.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { RowListener } from '../../readers/cycleStream.ts'
import type { ReadResult } from '../../readers/readResult.ts'
import { everyHundredth } from './everyHundredth.ts'
import { figureCounter } from './keyFigures.ts'
import type { Parts, ReadSetting } from '../parts.ts'
import { heldFile } from './quarantine.ts'
import { keptPath } from '../library/quarantineFolder.ts'
import { recordOfCell } from '../exporting/recordExport.ts'
import { toWireError } from '../wireError.ts'

/** What a file is and how its table reads, for a person to judge and to correct. */
export function inspectRequests(parts: Parts): Pick<Application, 'files/inspect'> {
  return { 'files/inspect': (input, context) => inspectTarget(parts, input, context) }
}

interface FoundFile {
  readonly path: string
  readonly name: string
  /** As kept with the file. */
  readonly mapping?: TableMapping | undefined
  readonly repairs?: readonly Repair[] | undefined
  readonly nominalCapacity_Ah?: number | undefined
}

/** Where a file's bytes lie. Throws `no-such-quarantined-file`, `no-such-cell` and `no-record`. */
export async function findTarget(parts: Parts, target: FileTarget): Promise<FoundFile> {
  if ('path' in target) return { path: target.path, name: basename(target.path) }
  if ('cell' in target) {
    const { path, mapping, repairs } = await recordOfCell(parts, target.cell)
    return { path, name: basename(path), mapping, repairs }
  }
  const held = heldFile(await parts.library(), target.quarantine)
  const { mapping, nominalCapacity_Ah } = held.setting
  const path = keptPath(parts.libraryFolder, held)
  return { path, name: basename(held.path), mapping, nominalCapacity_Ah }
}

async function inspectTarget(
  parts: Parts,
  { target, mapping, nominalCapacity_Ah }: RequestInput<'files/inspect'>,
  { signal, progress }: CallContext<'files/inspect'>,
): Promise<FileInspection> {
  const file = await findTarget(parts, target)
  const setting: ReadSetting = {
    nominalCapacity_Ah: nominalCapacity_Ah ?? file.nominalCapacity_Ah,
    mapping: mapping ?? file.mapping,
    repairs: mapping === undefined ? file.repairs : [],
    templates: (await parts.library()).templates.list(),
    onProgress: everyHundredth((fraction) => progress({ fraction })),
  }
  const { name } = file
  try {
    const part = await partOf(parts, file, { setting, signal })
    if (part !== null) progress({ fraction: 0, part })
    return await inspectionOf(parts, file, {
      setting,
      read: (onRow) => parts.readFile(file.path, signal, { ...setting, onRow }),
    })
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === 'cancelled') throw error
    const opening = await openingOf(parts, file.path, setting.mapping ?? {})
    const { file: _, ...failure } = toWireError(error)
    return { name, reading: null, failure, opening, part: null, stated: setting.mapping ?? null }
  }
}

/** Read within a second on any machine, and enough to show several cycles of most records. */
const part_bytes = 4 * 2 ** 20

/** The beginning of a long text, read as a record of its own; null where the file is short or its beginning alone does not read. */
async function partOf(
  parts: Parts,
  file: FoundFile,
  { setting, signal }: { setting: ReadSetting; signal: CallContext<'files/inspect'>['signal'] },
): Promise<FileInspection | null> {
  let of_bytes = 0
  const read = async (onRow: RowListener) => {
    const part = await parts.readPart(file.path, signal, {
      ...setting,
      onProgress: undefined,
      onRow,
      part_bytes,
    })
    if (part === null) return null
    of_bytes = part.of_bytes
    return part.result
  }
  try {
    const inspection = await inspectionOf(parts, file, { setting, read })
    return inspection === null
      ? null
      : { ...inspection, part: { bytes: inspection.reading?.bytes ?? 0, of_bytes } }
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === 'cancelled') throw error
    return null
  }
}

/** Null for a file that cannot even be looked into, which its failure tells. */
async function openingOf(parts: Parts, path: string, mapping: TableMapping): Promise<FileOpening | null> {
  try {
    return await parts.fileOpening(path, mapping)
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}

interface Inspecting<Read> {
  readonly setting: ReadSetting
  readonly read: (onRow: RowListener) => Promise<Read>
}

/** What was read, as a person is shown it; null where `read` gives nothing. */
async function inspectionOf<Read extends ReadResult | null>(
  parts: Parts,
  { name, path }: FoundFile,
  { setting, read }: Inspecting<Read>,
): Promise<FileInspection | Extract<Read, null>> {
  const counter = figureCounter()
  const overview = signalOverview()
  const result = await read((row, celsius, line) => {
    counter.onRow(row, celsius, line)
    overview.add(row, line)
  })
  if (result === null) return result as Extract<Read, null>
  const { format, sha256, bytes, encoding, delimiter, decimal, mapping, template, simulated } = result
  const findings = [...result.findings]
  const reading = {
    ...{ format, sha256, bytes, encoding, delimiter, decimal, mapping, simulated, findings },
    template: template ?? null,
    columns: columnsOf(result),
    figures: counter.end(result),
    signals: result.traces === null ? null : signalsOf(overview),
    marks: marksOf(findings, overview),
  }
  const stated = setting.mapping ?? (template === undefined ? null : mapping)
  return {
    name,
    reading,
    failure: null,
    opening: await openingOf(parts, path, mapping ?? {}),
    part: null,
    stated,
  }
}

function signalsOf(overview: SignalOverview): FileReading['signals'] {
  const { time, voltage, current } = overview.signals()
  return { time_s: numbers(time), voltage_V: numbers(voltage), current_A: numbers(current) }
}

/** JSON knows no −0. */
function numbers(values: readonly number[]): number[] {
  return values.map((value) => value + 0)
}

function columnsOf({ columns, mapping }: ReadResult): FileColumn[] {
  return columns.map(({ name, unit }, i) => ({ name, unit, readAs: quantityAt(mapping, [name, i + 1]) }))
}

/** What a column is read as; it goes by its heading or by its place. */
function quantityAt(mapping: TableMapping | null, names: readonly (string | number)[]): Quantity | null {
  const found = quantities.find((quantity) => {
    const column = mapping?.columns?.[quantity]?.column
    return column !== undefined && names.includes(column)
  })
  return found ?? null
}

function marksOf(findings: readonly Finding[], overview: SignalOverview): FindingMark[] {
  return findings.flatMap(({ line, isNote }, finding) => {
    const time_s = line === undefined || isNote === true ? null : overview.timeOf(line)
    return time_s === null ? [] : [{ time_s, finding }]
  })
}
