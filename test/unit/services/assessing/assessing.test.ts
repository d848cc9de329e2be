import { expect, it } from 'vitest'
import { wireParts } from '../../../../src-main/services/application.ts'
import { doubtsOf } from '../../../../src-main/services/library/assessedCell.ts'
import { answerCell, answeredCycle } from '../../../../src-main/services/assessing/assessing.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { writeTestModel } from '../../../support/testModel.ts'
import { description, measuredCycle } from '../../forecast/fixtures.ts'

it('finds the cycle that was read where a number stands twice', async () => {
  const shelf = temporaryFolder()
  await writeTestModel(shelf, 'pimoe')
  const { models } = wireParts({ libraryFolder: temporaryFolder(), host: 'cli', modelFolders: [shelf] })
  const read = measuredCycle({ row: 3, number: 7 })
  const cut = measuredCycle({ row: 4, number: 7, chargeCurve: null })
  const cell = { name: 'cell 1', description, cycles: [read, cut], doubts: [] }
  const answer = await answerCell(cell, {}, models)
  expect(answer.cycle).toBe(7)
  expect((await answeredCycle(cell, {}, answer, models)).row).toBe(3)
})

it('repeats what the reader doubts of the record', async () => {
  const shelf = temporaryFolder()
  await writeTestModel(shelf, 'pimoe')
  const { models } = wireParts({ libraryFolder: temporaryFolder(), host: 'cli', modelFolders: [shelf] })
  const doubts = doubtsOf([
    { code: 'charge-balance', message: 'The current adds up to 3600 Ah but the file counts 1 Ah charged.' },
    { code: 'declared-by-folder', message: 'The folder declares NCA.' },
  ])
  const answer = await answerCell(
    { name: 'cell 1', description, cycles: [measuredCycle()], doubts },
    {},
    models,
  )
  expect(answer.domain.findings.map(({ code }) => code)).toContain('charge-balance')
  expect(answer.domain.findings.map(({ code }) => code)).not.toContain('declared-by-folder')
})
