import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Asking } from './quarantineCases.ts'

const block = { cycles: 20, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
const summer = { name: 'Sommer', blocks: [block] }
const winter = { name: 'Winter', blocks: [block, { ...block, temperature_degC: 5 }] }

/** Plans and their versions. */
export function scenarioCases({ ask, failure, places }: Asking): void {
  it('scenarios/save keeps every version; one edit amends its own', async () => {
    const first = await ask('scenarios/save', { scenario: summer })
    expect(first).toMatchObject({ version: 1, scenario: summer })
    const { id } = first
    const second = await ask('scenarios/save', { id, scenario: winter })
    expect(second.version).toBe(2)
    const longer = { ...winter, blocks: [...winter.blocks, block] }
    expect((await ask('scenarios/save', { id, scenario: longer, amends: 2 })).version).toBe(2)
    // An edit that was begun on an older version writes over nothing.
    expect((await ask('scenarios/save', { id, scenario: winter, amends: 1 })).version).toBe(3)
    expect((await ask('scenarios/save', { id, scenario: winter })).version).toBe(3)
    const versions = await ask('scenarios/versions', { id })
    expect(versions.map(({ version, scenario }) => [version, scenario])).toEqual([
      [3, winter],
      [2, longer],
      [1, summer],
    ])
    expect(await ask('scenarios/list', {})).toMatchObject([{ id, version: 3, scenario: winter }])
    const restored = await ask('scenarios/save', { id, scenario: versions[2].scenario })
    expect(restored).toMatchObject({ version: 4, scenario: summer })
  })

  it('scenarios/remove is undone by scenarios/restore, with every version', async () => {
    const [{ id }] = await ask('scenarios/list', {})
    expect(await ask('scenarios/remove', { id })).toEqual({ removed: 1 })
    expect(await ask('scenarios/list', {})).toEqual([])
    for (const name of ['scenarios/remove', 'scenarios/versions'])
      expect((await failure(name, { id })).code).toBe('no-such-scenario')
    expect(await ask('scenarios/restore', { id })).toMatchObject({ id, version: 4 })
    expect(await ask('scenarios/versions', { id })).toHaveLength(4)
    expect((await failure('scenarios/restore', { id: 'no such' })).code).toBe('no-such-scenario')
    await ask('scenarios/remove', { id })
  })

  it('scenarios/import takes the file of the command line under a free name, or says what is wrong', async () => {
    const path = join(places().folder, 'Hochsommer ö.json')
    writeFileSync(path, `\uFEFF${JSON.stringify({ blocks: [block] }).replaceAll(',', ',\r\n')}`)
    const names = []
    for (let i = 0; i < 3; i++) names.push((await ask('scenarios/import', { path })).scenario.name)
    expect(names).toEqual(['Hochsommer ö', 'Hochsommer ö 2', 'Hochsommer ö 3'])
    writeFileSync(path, JSON.stringify({ name: 'x', blocks: [{ ...block, charge_rate: 0 }] }))
    expect(await failure('scenarios/import', { path })).toMatchObject({
      kind: 'refused',
      code: 'not-a-scenario',
      file: path,
      column: 'blocks.0.charge_rate',
    })
    writeFileSync(path, JSON.stringify({ name: 'x', blocks: [block], year: 1 }))
    expect(await failure('scenarios/import', { path })).toMatchObject({ column: 'year' })
    writeFileSync(path, JSON.stringify({ year: 1 }))
    expect(await failure('scenarios/import', { path })).toMatchObject({ column: 'blocks' })
    for (const { id } of await ask('scenarios/list', {})) await ask('scenarios/remove', { id })
  })

  it('scenarios/presets can be saved as they are', async () => {
    const presets = await ask('scenarios/presets', {})
    expect(presets.map(({ id }) => id)).toEqual([
      'solar-storage',
      'peak-shaving',
      'forklift',
      'reserve-power',
    ])
    const { id, scenario } = await ask('scenarios/save', { scenario: presets[0].scenario })
    expect(scenario).toEqual(presets[0].scenario)
    await ask('scenarios/remove', { id })
  })
}
