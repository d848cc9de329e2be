import { writeFileSync } from 'node:fs'
import { lotReport } from '../../src-main/report/lot/lotReport.ts'
import { sampleLot } from '../fixtures/lot.ts'

// Prints how long the report of a lot takes and the memory it needs: node test/bench/lotReport.ts [batteries] [FILE.pdf]
const [size = '1000', file = ''] = process.argv.slice(2)
const input = sampleLot(Number(size))
const start = performance.now()
const bytes = await lotReport(input)
const time_s = (performance.now() - start) / 1000
const peak_MB = process.resourceUsage().maxRSS / 1000
console.log(
  `${size} batteries: ${time_s.toFixed(1)} s, ${(bytes.length / 1e6).toFixed(1)} MB, peak ${peak_MB.toFixed(0)} MB`,
)
if (file !== '') writeFileSync(file, bytes)
