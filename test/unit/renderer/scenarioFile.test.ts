import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../../src-renderer/host/base64.ts'
import { scenarioSchema } from '../../../src-main/services/requestSchemas.ts'
import { isComplete, scenarioFile } from '../../../src-renderer/components/scenario/scenarioFile.ts'

const block = { cycles: 25, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
const scenario = { name: 'Sommer, 35 °C', blocks: [block, { ...block, temperature_degC: 35 }] }

describe('a scenario file', () => {
  it('gives back the scenario that was written', () => {
    const file = scenarioFile(scenario)
    const written: unknown = JSON.parse(new TextDecoder().decode(bytesOf(file.base64)))
    expect(scenarioSchema.parse(written)).toEqual(scenario)
  })

  it('has a name that every system takes', () => {
    expect(scenarioFile({ ...scenario, name: 'a/b:c*d' }).fileName).toBe('a_b_c_d.json')
  })
})

describe('isComplete', () => {
  it('wants a name, whole cycles and rates above zero', () => {
    expect(isComplete(scenario)).toBe(true)
    expect(isComplete({ ...scenario, name: ' ' })).toBe(false)
    expect(isComplete({ ...scenario, blocks: [] })).toBe(false)
    expect(isComplete({ ...scenario, blocks: [{ ...block, cycles: 0 }] })).toBe(false)
    expect(isComplete({ ...scenario, blocks: [{ ...block, cycles: 2.5 }] })).toBe(false)
    expect(isComplete({ ...scenario, blocks: [{ ...block, charge_rate: 0 }] })).toBe(false)
  })
})
