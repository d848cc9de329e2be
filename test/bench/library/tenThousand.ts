import { mkdirSync } from 'node:fs'
import { openLibrary, type Library } from '../../../src-main/library/openLibrary.ts'
import { keepGrade } from '../../../src-main/services/grading/grading.ts'
import { sampleAssessment } from '../../fixtures/assessment.ts'
import { seededCycles, storeCell } from '../../unit/library/storedCells.ts'

const makers = ['Samsung', 'LG', 'Panasonic', 'Murata']
const chemistries = ['NCA', 'NCM', 'LFP', 'NCM+NCA']

/** A library of so many cells, nine in ten assessed and graded, in lots of 250, some tagged. */
export function fillLibrary(folder: string, size: number): void {
  mkdirSync(folder, { recursive: true })
  const library = openLibrary(folder)
  try {
    for (let from = 0; from < size; from += 500) {
      library.transaction(() => {
        for (let i = from; i < Math.min(size, from + 500); i++) storeOne(library, i)
      })
    }
  } finally {
    library.close()
  }
}

function storeOne(library: Library, i: number): void {
  const id = storeCell(library, i, seededCycles(i, 3))
  const number = String(i + 1).padStart(5, '0')
  const fields = {
    ...library.cells.fields(id)!,
    name: `NCA-${number}`,
    chemistry: chemistries[i % 4],
    serial: `SN${number}`,
    maker: makers[i % 4],
    lot: `2026-${String(1 + Math.floor(i / 250)).padStart(3, '0')}`,
    tags: i % 5 === 0 ? ['retest'] : [],
  }
  library.cells.write(id, fields, new Date(0).toISOString())
  if (i % 10 === 9) return
  const { removed: _, serial: __, maker: ___, lot: ____, tags: _____, ...described } = fields
  const made = {
    id: `assessment-${i}`,
    assessedAt: new Date(1_700_000_000_000 + i).toISOString(),
    assessment: sampleAssessment({ seed: i + 1, horizon: 50 }),
  }
  library.assessments.insert({
    ...made,
    cellId: id,
    cycleId: library.cycles.idOf(id, 0)!,
    program: '0.1.0',
    question: { cell: id },
    description: { ...described, simulated: false },
  })
  keepGrade(library, made)
}
