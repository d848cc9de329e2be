import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { RequestInput, RequestName, RequestOutput } from '../../src-shared/contract/requests.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'
import { splitRecord } from '../support/splitRecord.ts'

interface Asking {
  readonly ask: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N>>
  readonly failure: (name: string, input: unknown) => Promise<WireError>
  readonly folder: () => string
  /** Folder of the sample cells. */
  readonly samples: string
}

/** Forecasts against later measurements of the same cell, in this order. */
export function scoreCases({ ask, failure, folder, samples }: Asking): void {
  const stated = { chemistry: 'NCA', nominalCapacity_Ah: 3.5 }
  const question = { model: 'pimoe', horizon: 10 }
  let cell: string
  let later: string

  it('scores/cell has nothing to say before something is measured again', async () => {
    const sample = join(samples, 'SIM-NCA', 'CY25-05_1-#4.csv.gz')
    const files = splitRecord(sample, { folder: folder(), rows: 30, until: 50 })
    later = files.later
    const first = await ask('files/import', { paths: [files.first], ...stated })
    cell = first.files[0].cells[0]
    await ask('assessments/run', { cell, ...question })
    await ask('assessments/run', { cell, ...question })
    const { forecasts, models, measured } = await ask('scores/cell', { id: cell })
    expect(measured).toHaveLength(30)
    expect(forecasts).toHaveLength(1)
    expect(forecasts[0].score).toMatchObject({ points: [], reason: 'nothing-measured' })
    expect(models).toEqual([])
  })

  it('files/import adds a later record to its cell, and scores what was forecast', async () => {
    const { files } = await ask('files/import', { paths: [later], cell })
    expect(files).toMatchObject([{ status: 'imported', cells: [cell], cycles: 20 }])
    const { cycles, records, description } = await ask('cells/get', { id: cell })
    expect(cycles.map(({ row }) => row)).toEqual(Array.from({ length: 50 }, (_, row) => row))
    expect(records).toHaveLength(2)
    expect(description).toMatchObject(stated)
    const scores = await ask('scores/cell', { id: cell })
    const [{ score, row }] = scores.forecasts
    expect({ row, kind: score.kind, reason: score.reason }).toEqual({
      row: 29,
      kind: 'forecast',
      reason: null,
    })
    expect(score.points.map(({ cycle }) => cycle)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    const point = score.points[4]
    const truth = scores.measured.find((one) => one.row === 34)!
    expect(point.measured_Ah).toBe(truth.capacity_Ah)
    expect(point.error).toBeCloseTo((point.forecast_Ah - truth.capacity_Ah) / 3.5, 12)
    expect(scores.models).toMatchObject([
      { model: { name: 'pimoe' }, kind: 'forecast', cells: 1, forecasts: 1, points: 9, simulated: true },
    ])
    const { models } = await ask('scores/models', {})
    expect(models).toContainEqual(scores.models[0])
  })

  it('files/import asks how many cycles lie between where the numbers do not say', async () => {
    const other = splitRecord(join(samples, 'SIM-NCA', 'CY25-05_1-#5.csv.gz'), { folder: folder(), rows: 5 })
    const bare = await ask('files/import', { paths: [other.first], cell })
    expect(bare.files[0]).toMatchObject({ status: 'refused', findings: [{ code: 'cycles-since-needed' }] })
    const { files } = await ask('files/import', { paths: [other.first], cell, cyclesSince: 7 })
    expect(files[0]).toMatchObject({ status: 'imported', cells: [cell] })
    const { cycles } = await ask('cells/get', { id: cell })
    expect(cycles.slice(-6).map(({ row }) => row)).toEqual([49, 56, 57, 58, 59, 60])
    const elsewhere = await ask('files/import', { paths: [other.later], ...stated })
    const taken = await ask('files/import', { paths: [other.later], cell })
    expect(elsewhere.files[0].status).toBe('imported')
    expect(taken.files[0].findings[0].code).toBe('record-of-another-cell')
    expect((await failure('files/import', { paths: [later], cell: 'none' })).code).toBe('no-such-cell')
  })

  it('cells/measure re-anchors forecasts from that cycle and scores the earlier ones', async () => {
    const before = await ask('assessments/preview', { cell, ...question })
    const capacity_Ah = 3.1
    const detail = await ask('cells/measure', { id: cell, row: 60, capacity_Ah })
    expect(detail.stated).toEqual([{ row: 60, capacity_Ah }])
    const anchored = await ask('assessments/preview', { cell, ...question })
    expect(anchored.presentCapacity).toMatchObject({ value_Ah: capacity_Ah, evidence: 'measured' })
    expect(anchored.trajectory[0]).toMatchObject({ capacity_Ah, evidence: 'measured' })
    const kept = await ask('assessments/run', { cell, ...question })
    expect(kept.assessment.trajectory).toEqual(anchored.trajectory)
    await ask('cells/measure', { id: cell, row: 65, capacity_Ah: 3.07 })
    const [newest] = (await ask('scores/cell', { id: cell })).forecasts
    expect(newest).toMatchObject({ row: 60, isAnchored: true, score: { kind: 'forecast' } })
    expect(newest.score.points.map(({ cycle }) => cycle)).toEqual([5])
    await ask('cells/measure', { id: cell, row: 60, capacity_Ah: null })
    expect((await ask('assessments/preview', { cell, ...question })).trajectory).toEqual(before.trajectory)
    expect((await failure('cells/measure', { id: cell, row: 60, capacity_Ah: 3500 })).code).toBe(
      'implausible-capacity',
    )
  })

  it('changes/undo takes back a stated capacity, and redo states it again, unless another was stated since', async () => {
    const statedAt = async (row: number) =>
      (await ask('cells/get', { id: cell })).stated.find((one) => one.row === row)?.capacity_Ah ?? null
    await ask('cells/measure', { id: cell, row: 60, capacity_Ah: 3.1 })
    await ask('cells/measure', { id: cell, row: 60, capacity_Ah: 3.0 })
    expect((await ask('changes/list', {})).undo).toMatchObject({ kind: 'measurement', cells: 1 })
    expect(await ask('changes/undo', {})).toMatchObject({ changed: 1, redo: { kind: 'measurement' } })
    expect(await statedAt(60)).toBe(3.1)
    const [entry] = await ask('log/list', { limit: 1 })
    expect(entry).toMatchObject({
      kind: 'measurement',
      subject: cell,
      detail: { row: 60, before: 3.0, after: 3.1, by: 'undo' },
    })
    await ask('changes/redo', {})
    expect(await statedAt(60)).toBe(3.0)
    await ask('changes/undo', {})
    await ask('changes/undo', {})
    expect(await statedAt(60)).toBeNull()
  })

  it('assessments/run keeps a capacity that the question states', async () => {
    await ask('assessments/run', { cell, ...question, cycle: 3, measuredCapacity_Ah: 3.2 })
    const { stated: known, cycles } = await ask('cells/get', { id: cell })
    const { row } = cycles.findLast(({ number }) => number === 3)!
    expect(known).toContainEqual({ row, capacity_Ah: 3.2 })
    await ask('cells/measure', { id: cell, row, capacity_Ah: null })
  })
}
