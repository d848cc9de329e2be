import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { importCheckpoint } from '../../src-main/checkpoints/importCheckpoint.ts'
import { readFile } from '../../src-main/readers/readFile.ts'
import { evaluate } from '../../src-main/training/judging/evaluate.ts'
import { predict } from '../../src-main/training/network/predict.ts'
import { samplesOf, selectSamples } from '../../src-main/training/windows/samples.ts'
import type { TrainingCell } from '../../src-main/training/problem/trainingCell.ts'
import { needsShared, sharedData, sharedGolden } from '../support/shared.ts'

interface SavedPrediction {
  checkpoint: string
  dataset: string
  cell: string
  rows: number[]
  prediction_Ah: number[][]
  mape_all_windows: number
  windows: number
}

const goldenFile = sharedGolden('saved-predictions.json')
const saved = goldenFile === null ? [] : (JSON.parse(readFileSync(goldenFile, 'utf8')) as SavedPrediction[])

describe.skipIf(goldenFile === null)(`published predictions from the CSV row on${needsShared}`, () => {
  it.each(saved.map((entry) => ({ name: `${entry.checkpoint}, ${entry.cell}`, entry })))(
    'gives $name within 1e-5 Ah, and its mean error',
    async ({ entry }) => {
      const { package: model } = await importCheckpoint({
        checkpoint: sharedGolden('checkpoints', `${entry.checkpoint}.pth`)!,
        scaler: sharedGolden('scalers.json')!,
        name: entry.checkpoint,
      })
      const cell = await trainingCell(entry)
      const { manifest, parameters } = model
      const all = samplesOf([cell], { ...manifest, leastRows: 1 })
      const samples = selectSamples(all, entry.rows)
      expect([...samples.row]).toEqual(entry.rows)
      const capacity = predict({ ...manifest, parameters }, samples)
      const errors = entry.prediction_Ah.flat().map((value, i) => Math.abs(value - capacity[i]))
      expect(Math.max(...errors)).toBeLessThan(1e-5)

      const [condition] = evaluate({ package: model, cells: [cell] }).conditions
      expect(condition.windows).toBe(entry.windows)
      expect(condition.mape).toBeCloseTo(entry.mape_all_windows, 4)
    },
  )
})

async function trainingCell({ dataset, cell }: SavedPrediction): Promise<TrainingCell> {
  const plain = sharedData(dataset, `${cell}.csv`)
  const path = plain !== null && existsSync(plain) ? plain : sharedData(dataset, `${cell}.csv.gz`)!
  const read = await readFile(path)
  const { sha256, condition, description, simulated, cycles } = read
  return { path, sha256, cell: read.cellName, condition, description, simulated, cycles, role: 'test' }
}
