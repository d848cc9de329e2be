import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wireParts } from '../../src-main/services/application.ts'
import { programPlaces } from '../../src-main/services/places.ts'
import { reportFile } from '../../src-main/services/reporting/reporting.ts'

// The time from a measurement file to the signed report of its battery: node test/bench/report.ts [times]
const times = Math.max(2, Number(process.argv[2] ?? 10))
const folder = mkdtempSync(join(tmpdir(), 'pimoe-report-'))
try {
  const { parts, models } = wireParts({ libraryFolder: join(folder, 'library'), host: 'cli' })
  const path = join(programPlaces().samples, 'raw', 'retired-A.csv.gz')
  const seconds: number[] = []
  let bytes = 0
  for (let i = 0; i < times; i++) {
    const started = performance.now()
    const report = await reportFile(parts, models, {
      path,
      question: { nominalCapacity_Ah: 3.5, chemistry: 'NCA' },
      print: { laboratory: 'Halle 3' },
      isDraft: false,
      signal: new AbortController().signal,
    })
    seconds.push((performance.now() - started) / 1000)
    bytes = report.length
  }
  const [first, ...later] = seconds
  const sorted = later.toSorted((a, b) => a - b)
  console.log(
    `first ${first.toFixed(2)} s, later median ${sorted[Math.floor(sorted.length / 2)].toFixed(2)} s, longest ${Math.max(...later).toFixed(2)} s; ${bytes} bytes`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
