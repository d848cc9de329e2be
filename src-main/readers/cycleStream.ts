import type { Cycle } from '../../src-shared/cell/cycle.ts'
import type { CycleProfile } from '../../src-shared/cell/cycleProfile.ts'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { CyclerRecord } from '../../src-shared/cell/record.ts'
import { endsDischarged } from '../../src-shared/cell/cycleSignals.ts'
import { splitCycle } from '../../src-shared/cell/splitCycle.ts'
import { traceOf, type Trace } from '../../src-shared/cell/trace.ts'
import { cycleTemperature } from './cycleTemperature.ts'
import { growingRecord, type RecordRow } from './growingRecord.ts'

/** Takes every measured row in the program's own units, in the file's order; temperature in °C where the file tells it. */
export type RowListener = (row: RecordRow, temperature: number | null, line: number) => void

export interface DerivedCycles {
  readonly rows: number
  /** Every cycle, whether the program can assess it or not. */
  readonly cycles: readonly Cycle[]
  /** One for each of `cycles`. */
  readonly traces: readonly Trace[]
  /** What each consists of and offers, one for each of `cycles`. */
  readonly profiles: readonly CycleProfile[]
  /** Why some cannot be assessed. */
  readonly findings: readonly Finding[]
}

export interface CycleStream {
  push: RowListener
  end(): DerivedCycles
}

export interface CycleStreamOptions {
  readonly onRow?: RowListener | undefined
  /** Takes the record of each cycle before it is forgotten. */
  readonly onCycle?: ((cycle: CyclerRecord) => void) | undefined
  /** Most rows kept of a cycle; a longer one keeps every second row, then every fourth, and says so. */
  readonly longest_rows?: number
}

/**
 * Derives each cycle when its last row has come and forgets the rows: memory is bound by one cycle, not by the file.
 *
 * A cycle ends where the cycler's number changes; a number that comes back begins another cycle.
 */
export function cycleStream({ onRow, onCycle, longest_rows = 2 ** 20 }: CycleStreamOptions): CycleStream {
  const current = growingRecord()
  const temperature = cycleTemperature()
  const derived = derivedCycles()
  let number = Number.NaN
  let inCycle = 0
  let stride = 1
  let rows = 0
  const close = () => {
    if (current.rows() === 0) return
    const record = current.view()
    if (stride > 1) derived.thinned(number, inCycle, stride)
    derived.add(record, number, temperature.end())
    onCycle?.(record)
    current.clear()
    stride = 1
    inCycle = 0
  }
  return {
    push(row, celsius, line) {
      if (row.cycle !== number) close()
      number = row.cycle
      if (current.rows() === longest_rows) {
        current.halve()
        stride *= 2
      }
      if (inCycle % stride === 0) current.push(row)
      inCycle++
      rows++
      temperature.add(celsius)
      onRow?.(row, celsius, line)
    },
    end() {
      close()
      return { rows, ...derived.end(temperature.isConnected()) }
    },
  }
}

interface Derived {
  readonly cycle: Cycle
  readonly profile: CycleProfile
  readonly trace: Trace
  readonly temperature: number | null
}

interface ClosedCycle {
  readonly cycle: Cycle
  readonly isDischarged: boolean
}

/** A cycle that discharged before its charge says so itself; else the charge follows the discharge of the cycle just before. */
function following(previous: ClosedCycle | null, cycle: Cycle): Cycle {
  const isNext = previous !== null && previous.isDischarged && cycle.number === previous.cycle.number + 1
  if (cycle.use.before !== null || !isNext) return cycle
  return { ...cycle, use: { ...cycle.use, before: previous.cycle.use.discharge } }
}

function derivedCycles() {
  const cycles: Derived[] = []
  const missing = new Map<string, { first: Finding; count: number }>()
  let thinnedNote: Finding | null = null
  let last: ClosedCycle | null = null
  return {
    add(record: CyclerRecord, number: number, temperature: number | null) {
      const split = splitCycle(record, { number, row: cycles.length })
      for (const finding of split.missing) {
        const known = missing.get(finding.code)
        if (known === undefined) missing.set(finding.code, { first: finding, count: 1 })
        else known.count++
      }
      const cycle = following(last, split.cycle)
      last = { cycle, isDischarged: endsDischarged(record) }
      cycles.push({ cycle, profile: split.profile, trace: traceOf(record), temperature })
    },
    thinned(number: number, rows: number, stride: number) {
      thinnedNote ??= {
        code: 'rows-thinned',
        isNote: true,
        message: `Cycle ${number} has ${rows} rows; of each ${stride} the first was kept.`,
      }
    },
    end(isConnected: boolean): Omit<DerivedCycles, 'rows'> {
      return {
        cycles: cycles.map(({ cycle, temperature }) =>
          temperature === null || !isConnected ? cycle : { ...cycle, use: { ...cycle.use, temperature } },
        ),
        traces: cycles.map(({ trace }) => trace),
        profiles: cycles.map(({ profile }) => profile),
        findings: [...[...missing.values()].map(told), ...(thinnedNote === null ? [] : [thinnedNote])],
      }
    },
  }
}

/** One finding per reason, told of its first cycle; a long record must not drown its reader. */
function told({ first, count }: { first: Finding; count: number }): Finding {
  if (count === 1) return first
  return { ...first, message: `${first.message} The same holds for ${count - 1} further cycles.` }
}
