import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLibrary, type Library } from '../../../src-main/library/openLibrary.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { describedCell, hashOf, seededCycles, setFields, storeCell } from './storedCells.ts'

describe('library', () => {
  let folder: string
  let library: Library

  beforeEach(() => {
    folder = temporaryFolder()
    library = openLibrary(folder)
  })

  afterEach(() => library.close())

  it('gives cycles back bit for bit, after closing and opening', () => {
    const cycles = seededCycles(1, 40)
    const id = storeCell(library, 1, cycles)
    library.close()
    library = openLibrary(folder)
    expect(library.cycles.ofCell(id)).toEqual(cycles.map(({ cycle }) => cycle))
    for (const { cycle, trace } of cycles) expect(library.cycles.trace(id, cycle.row)).toEqual(trace)
  })

  it('keeps the record with its findings and knows it by its hash', () => {
    const id = storeCell(library, 2, [])
    const record = library.records.findByHash(hashOf(2))
    expect(record).toMatchObject({
      cellId: id,
      bytes: 12,
      findings: [{ code: 'first-rest-carries-current', line: 3 }],
    })
    expect(library.records.findByHash(hashOf(3))).toBeNull()
    expect(library.records.ofCell(id)).toHaveLength(1)
  })

  it('stores all of an import or nothing of it', () => {
    storeCell(library, 3, seededCycles(3, 2))
    const [cycle] = seededCycles(4, 1)
    expect(() => storeCell(library, 4, [cycle, cycle])).toThrow(/UNIQUE/)
    expect(() => storeCell(library, 3, [])).toThrow(/UNIQUE/)
    expect(library.cells.list().map((cell) => cell.id)).toEqual(['cell-3'])
    expect(library.records.findByHash(hashOf(4))).toBeNull()
  })

  it('finds a cell by id, and by name while the name is unique', () => {
    const id = storeCell(library, 5, [])
    const name = `${describedCell.name} 5`
    expect(library.cells.find(id)?.description.name).toBe(name)
    expect(library.cells.find(name)?.id).toBe(id)
    storeCell(library, 6, [])
    setFields(library, 'cell-6', { name })
    expect(library.cells.find(name)).toBeNull()
  })

  it('restores what was removed', () => {
    const id = storeCell(library, 7, seededCycles(7, 3))
    setFields(library, id, { removed: true })
    expect(library.cells.find(id)).toBeNull()
    expect(library.cells.list()).toEqual([])
    setFields(library, id, { removed: false })
    expect(library.cells.list()).toMatchObject([{ id, cycles: 3, assessed: null }])
  })

  it('refuses a rated capacity of zero', () => {
    const id = storeCell(library, 8, [])
    expect(() => setFields(library, id, { nominalCapacity_Ah: 0 })).toThrow(/CHECK/)
  })

  it('lists cells with their newest answer', () => {
    const id = storeCell(library, 9, seededCycles(9, 1))
    const cycleId = library.cycles.idOf(id, 0)!
    for (const [index, value] of [0.9, 0.8].entries()) {
      library.assessments.insert({
        id: `a${index}`,
        assessedAt: new Date(index).toISOString(),
        cellId: id,
        cycleId,
        program: '0.1.0',
        question: { cell: id },
        description: describedCell,
        assessment: answerOf(value),
      })
    }
    expect(library.cells.list()[0]?.assessed).toEqual({
      stateOfHealth: 0.8,
      capacity_Ah: 3.5 * 0.8,
      evidence: 'estimated',
      assessedAt: new Date(1).toISOString(),
    })
    expect(library.assessments.ofCell(id).map((listed) => listed.id)).toEqual(['a1', 'a0'])
    expect(library.assessments.find('a0')).toMatchObject({
      cycleId,
      description: describedCell,
      question: { cell: id },
    })
  })

  it('keeps a run with all that it rests on, and ends it once', () => {
    const takenAt = new Date(0).toISOString()
    const settings = { epochs: 3, recipe: 'joint' }
    const asked = { id: 'r', preset: 'demo', name: 'm', folder: join('a', 'm'), seed: 5, epochs: 3, settings }
    const by = { process: 1, machine: 'abacus', takenAt }
    library.runs.insert({ ...asked, ...by, request: { data: 'd' } })
    expect(library.runs.inFolder(asked.folder)).toEqual({ id: 'r', state: 'running' })
    const data = [{ path: 'd/a.csv', sha256: '0'.repeat(64), role: 'train' as const }]
    library.runs.begin('r', { data, threads: 2, findings: [{ code: 'cells', message: 'twice' }] })
    library.runs.addFindings('r', [{ code: 'checkpoint-older', message: 'older' }])
    const report = {
      epoch: 1,
      trainLoss: 0.5,
      validationLoss: 0.25,
      gateEntropy: 1.6,
      gateWeights: [0.4, 0.6],
      seconds: 2,
    }
    library.runs.addEpoch('r', report)
    library.runs.addEpoch('r', { ...report, epoch: 2, trainLoss: NaN })
    library.runs.hold('r', true)
    expect(library.runs.find('r')?.state).toBe('paused')
    expect(library.runs.active()).toEqual([{ id: 'r', process: 1, takenAt }])
    expect(library.runs.takeUp('r', by)).toBe(false)
    library.runs.end('r', { state: 'interrupted', endedAt: takenAt, bestEpoch: null, error: null })
    expect(library.runs.takeUp('r', by)).toBe(true)
    library.runs.note('r', 'slow')
    library.runs.end('r', { state: 'finished', endedAt: takenAt, bestEpoch: 1, error: null })
    library.runs.end('r', { state: 'failed', endedAt: takenAt, bestEpoch: null, error: 'late' })
    library.runs.hold('r', true)
    const { folder, ...known } = asked
    expect(library.runs.find('r')).toEqual({
      ...known,
      state: 'finished',
      startedAt: takenAt,
      endedAt: takenAt,
      data,
      machine: 'abacus',
      threads: 2,
      history: [report, { ...report, epoch: 2, trainLoss: NaN }],
      bestEpoch: 1,
      notes: 'slow',
      findings: [
        { code: 'cells', message: 'twice' },
        { code: 'checkpoint-older', message: 'older' },
      ],
      modelFolder: folder,
      error: null,
    })
    expect(library.runs.request('r')).toEqual({ folder, request: { data: 'd' } })
    expect(library.runs.active()).toEqual([])
  })

  it('saves a scenario anew under its id, as a version more', () => {
    const block = { cycles: 50, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
    const changedAt = new Date(0).toISOString()
    library.scenarios.save({ id: 's', scenario: { name: 'Sommer', blocks: [block] }, changedAt })
    library.scenarios.save({ id: 's', scenario: { name: 'Winter', blocks: [block, block] }, changedAt })
    expect(library.scenarios.list()).toHaveLength(1)
    expect(library.scenarios.versions('s').map(({ scenario }) => scenario.name)).toEqual(['Winter', 'Sommer'])
    expect(library.scenarios.find('Winter')?.scenario.blocks).toEqual([block, block])
    expect(library.scenarios.remove('s', changedAt)).toBe(1)
    expect(library.scenarios.remove('s', changedAt)).toBe(0)
  })
})

function answerOf(value: number): Assessment {
  return {
    stateOfHealth: { value },
    presentCapacity: { value_Ah: 3.5 * value, evidence: 'estimated' },
    scenario: { name: 'Own use, held' },
    model: { name: 'tiny', sha256: 'f'.repeat(64) },
  } as Assessment
}
