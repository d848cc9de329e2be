import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readScenarioFile } from '../../../src-main/services/assessing/scenarioFile.ts'
import { writeFileAtomically } from '../../../src-main/services/exporting/writeFileAtomically.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const block = { cycles: 50, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }

describe('scenario files', () => {
  function scenarioFile(content: unknown): string {
    const path = join(temporaryFolder(), 'Plan ü 2.json')
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }

  it('are read with a byte order mark and without a name', async () => {
    const scenario = { name: 'Plan ü 2', blocks: [block] }
    expect(await readScenarioFile(scenarioFile(`\uFEFF${JSON.stringify({ blocks: [block] })}`))).toEqual(
      scenario,
    )
  })

  it.each([
    ['no block', { name: 'x', blocks: [] }, 'blocks'],
    ['a rate of zero', { name: 'x', blocks: [{ ...block, charge_rate: 0 }] }, 'blocks.0.charge_rate'],
    ['half a cycle', { name: 'x', blocks: [{ ...block, cycles: 0.5 }] }, 'blocks.0.cycles'],
    ['a misspelt field', { name: 'x', blocks: [{ ...block, temprature: 3 }] }, 'blocks.0.temprature'],
    ['a list', [block], 'blocks'],
  ])('with %s are refused and the field is named', async (_, content, column) => {
    const path = scenarioFile(content)
    await expect(readScenarioFile(path)).rejects.toMatchObject({
      kind: 'refused',
      code: 'not-a-scenario',
      detail: { file: path, column },
    })
  })

  it('that are no JSON or not there are refused', async () => {
    await expect(readScenarioFile(scenarioFile('{'))).rejects.toMatchObject({ code: 'not-json' })
    // A device or a folder is no file; the first would never end.
    for (const path of [temporaryFolder(), '/dev/zero']) {
      await expect(readScenarioFile(path)).rejects.toMatchObject({ kind: 'refused', code: 'not-found' })
    }
    await expect(readScenarioFile('missing.json')).rejects.toMatchObject({
      kind: 'refused',
      code: 'not-found',
    })
  })
})

describe('files written atomically', () => {
  it('are replaced whole and leave nothing beside them', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'Bericht ö.pdf')
    await writeFileAtomically(path, Buffer.from('old'))
    await writeFileAtomically(path, Buffer.from('new'))
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['Bericht ö.pdf'])
  })

  it('fail with a reason where they cannot be', async () => {
    const folder = temporaryFolder()
    await expect(writeFileAtomically(folder, Buffer.from('x'))).rejects.toMatchObject({ code: 'is-folder' })
    const file = join(folder, 'file')
    writeFileSync(file, '')
    await expect(writeFileAtomically(join(file, 'beneath'), Buffer.from('x'))).rejects.toMatchObject({
      code: 'not-writable',
    })
    expect(readdirSync(folder)).toEqual(['file'])
  })
})
