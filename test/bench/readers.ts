import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readFile } from '../../src-main/readers/readFile.ts'

const headings: Readonly<Record<string, string>> = {
  table:
    'Data_Point,Test_Time(s),Step_Time(s),Cycle_Index,Current(A),Voltage(V),Charge_Capacity(Ah),Discharge_Capacity(Ah)',
  eclab:
    'time/s,control/V/mA,Ecell/V,<I>/mA,Q discharge/mA.h,Q charge/mA.h,control/V,control/mA,cycle number',
}

// Prints how fast the readers take a simulated record and the most memory held:
// node test/bench/readers.ts [table|eclab] [MB]
const [layout = 'table', size = '50'] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'pimoe-readers-'))
const path = join(folder, 'simulated.csv')
try {
  write(path, Number(size) * 1e6)
  const before_bytes = process.memoryUsage().rss
  const times_s = Array.from({ length: Number(size) > 200 ? 1 : 3 }, () => 0)
  let rows = 0
  // On a loaded machine the clock tells of the others too.
  let cpu_s = Infinity
  for (const i of times_s.keys()) {
    const [start, cpu] = [performance.now(), process.cpuUsage()]
    rows = (await readFile(path)).rows
    times_s[i] = (performance.now() - start) / 1000
    const { user, system } = process.cpuUsage(cpu)
    cpu_s = Math.min(cpu_s, (user + system) / 1e6)
  }
  const read_MB = statSync(path).size / 1e6
  const [speed, ofCpu] = [Math.min(...times_s), cpu_s].map((seconds) => (read_MB / seconds).toFixed(1))
  console.log(
    `${layout}: ${size} MB, ${rows} rows, ${speed} MB/s, ${ofCpu} MB per second of processor (best of ${times_s.length})`,
  )
  const peak_MB = process.resourceUsage().maxRSS / 1024
  console.log(`resident: ${(before_bytes / 1e6).toFixed(0)} MB before, ${peak_MB.toFixed(0)} MB at most`)
} finally {
  rmSync(folder, { recursive: true })
}

interface Row {
  readonly time: number
  readonly voltage: number
  readonly current: number
  readonly charged: number
  readonly discharged: number
  readonly cycle: number
}

/** Cycles of 3600 rows: an hour's charge at 3 A, half an hour's rest, an hour's discharge, a row every 2.5 s. */
function rowAt(index: number): Row {
  const inCycle = index % 3600
  const share = (inCycle % 1440) / 1440
  const isCharge = inCycle < 1440
  const isRest = inCycle >= 1440 && inCycle < 2160
  return {
    time: index * 2.5,
    voltage: isCharge ? 3.3 + 0.85 * share : isRest ? 4.1 : 4.1 - 1.2 * ((inCycle - 2160) / 1440),
    current: isCharge ? 3 : isRest ? 0 : -3,
    charged: isCharge ? 3 * share : 3,
    discharged: isCharge || isRest ? 0 : (3 * (inCycle - 2160)) / 1440,
    cycle: Math.floor(index / 3600) + 1,
  }
}

function lineOf(row: Row, index: number): string {
  const { time, voltage, current, charged, discharged, cycle } = row
  const [volt, ampere, into, out] = [voltage, current, charged, discharged].map((value) => value.toFixed(6))
  if (layout === 'table')
    return `${index},${time.toFixed(2)},${time.toFixed(2)},${cycle},${ampere},${volt},${into},${out}\n`
  const milli = (value: number) => (value * 1000).toFixed(4)
  return `${time.toFixed(2)},${milli(current)},${volt},${milli(current)},${milli(discharged)},${milli(charged)},0,${milli(current)},${cycle}\n`
}

function write(to: string, size_bytes: number): void {
  const file = openSync(to, 'w')
  let written = writeSync(file, `${headings[layout]}\n`)
  for (let index = 0; written < size_bytes;) {
    let text = ''
    for (const end = index + 5000; index < end; index++) text += lineOf(rowAt(index), index)
    written += writeSync(file, text)
  }
  closeSync(file)
}
