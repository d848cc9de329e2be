import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLibrary, type Library } from '../../src-main/library/openLibrary.ts'
import { createApplication } from '../../src-main/services/application.ts'
import { defaultRules, type GradingRules } from '../../src-shared/grading/rules.ts'
import { sampleAssessment } from '../fixtures/assessment.ts'
import { seededCycles, storeCell } from '../unit/library/storedCells.ts'

// Prints how long a dry run over a library and saving a version take: node test/bench/grading.ts [batteries]
const [size = '10000'] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'pimoe-grading-'))
const context = { signal: new AbortController().signal, progress: () => undefined }
const stricter: GradingRules = {
  ...defaultRules,
  grades: defaultRules.grades.map((step) => ({
    ...step,
    leastStateOfHealth: step.leastStateOfHealth + 0.05,
  })),
}
try {
  const library = openLibrary(folder)
  for (let i = 0; i < Number(size); i++) storeAssessed(library, i)
  library.close()
  const application = createApplication({ libraryFolder: folder, host: 'cli' })
  const times_s: number[] = []
  let changed = 0
  for (let i = 0; i < 5; i++) {
    const start = performance.now()
    changed = (await application['grading/dry-run']({ rules: stricter }, context)).changed.length
    times_s.push((performance.now() - start) / 1000)
  }
  const spread = `${Math.min(...times_s).toFixed(2)} to ${Math.max(...times_s).toFixed(2)} s of ${times_s.length}`
  console.log(`dry run: ${size} assessments, ${changed} change grade, ${spread}`)
  const start = performance.now()
  await application['grading/save']({ rules: stricter }, context)
  console.log(`save with grades: ${((performance.now() - start) / 1000).toFixed(2)} s`)
  await application.close()
} finally {
  rmSync(folder, { recursive: true })
}

function storeAssessed(library: Library, seed: number): void {
  const cellId = storeCell(library, seed, seededCycles(seed, 1))
  const cell = library.cells.find(cellId)
  const cycleId = library.cycles.idOf(cellId, 0)
  if (cell === null || cycleId === null) throw new Error(`Cell ${cellId} was not stored`)
  library.assessments.insert({
    id: `assessment-${seed}`,
    assessedAt: new Date(1_700_000_000_000 + seed).toISOString(),
    cellId,
    cycleId,
    program: '0.1.0',
    question: { cell: cellId },
    description: cell.description,
    assessment: sampleAssessment({ seed: seed + 1, horizon: 150 }),
  })
}
