import { existsSync } from 'node:fs'
import type { Scenario } from '../../src-shared/forecast/scenario.ts'
import type { CellQuestion } from '../services/assessing/assessing.ts'
import type { Engine } from '../services/modelShelf/engine.ts'
import type { StatedDescription } from '../services/library/statedDescription.ts'
import type { CommandCall } from './command.ts'
import type { Arguments, OptionSpecs } from './options.ts'

/** Ah of anything that is one cell. */
const possibleCapacity = { least: 0.001, most: 10_000 }

/** What a record does not tell. */
export const statedOptions: OptionSpecs = {
  'nominal-capacity': {
    type: 'number',
    value: 'Ah',
    range: possibleCapacity,
    help: 'rated capacity of the cell, 3.5 for 3500 mAh',
  },
  chemistry: { type: 'text', value: 'NAME', help: 'chemistry of the cell, as the model names it' },
  temperature: {
    type: 'number',
    value: 'degC',
    range: { above: -100, below: 200 },
    help: 'temperature of the measurement, where the record has none',
  },
}

/** How an answer is wanted. */
export const answerOptions: OptionSpecs = {
  horizon: {
    type: 'integer',
    value: 'N',
    range: { least: 1, most: 10_000 },
    help: "cycles ahead (default: the model's own)",
  },
  threshold: {
    type: 'number',
    value: 'SOH',
    range: { above: 0, below: 1 },
    help: 'end of life as a fraction, 0.8 for 80 % (default 0.8)',
  },
  model: { type: 'text', value: 'NAME', help: 'model by name or folder (default: the one marked default)' },
}

/** What runs the network. */
export const engineOption: OptionSpecs = {
  engine: {
    type: 'text',
    value: 'NAME',
    choice: ['kernels', 'tensorflow'],
    help: 'kernels, or the published networks in TensorFlow.js, independently (default kernels)',
  },
}

export function engineOf(given: Arguments): Engine {
  return given.text('engine') === 'tensorflow' ? 'tensorflow' : 'kernels'
}

export const questionOptions: OptionSpecs = {
  cycle: { type: 'integer', value: 'N', help: "the cycler's number (default: the last usable cycle)" },
  scenario: {
    type: 'text',
    value: 'FILE',
    help: "JSON file or stored name (default: the record's own use, held)",
  },
  ...answerOptions,
  ...statedOptions,
  'measured-capacity': {
    type: 'number',
    value: 'Ah',
    range: possibleCapacity,
    help: 'present capacity, where it was measured',
  },
}

export function statedDescription(given: Arguments): StatedDescription {
  return present({
    nominalCapacity_Ah: given.number('nominal-capacity'),
    chemistry: given.text('chemistry'),
    temperature_degC: given.number('temperature'),
  })
}

export function answerSettings(given: Arguments): Pick<CellQuestion, 'horizon' | 'threshold' | 'model'> {
  return present({
    horizon: given.number('horizon'),
    threshold: given.number('threshold'),
    model: given.text('model'),
  })
}

/** Everything but the cell. */
export async function cellQuestion(call: CommandCall): Promise<CellQuestion> {
  const given = call.arguments
  const named = given.text('scenario')
  return {
    ...answerSettings(given),
    ...statedDescription(given),
    ...present({ cycle: given.number('cycle'), measuredCapacity_Ah: given.number('measured-capacity') }),
    ...(named === undefined ? {} : { scenario: await scenarioNamed(call, named) }),
  }
}

/** A scenario from a file, else from the library by name. */
export async function scenarioNamed({ parts }: CommandCall, fileOrName: string): Promise<Scenario> {
  if (isFile(fileOrName))
    return (await import('../services/assessing/scenarioFile.ts')).readScenarioFile(fileOrName)
  const { resolveScenario } = await import('../services/assessing/assessing.ts')
  return resolveScenario(await parts.library(), fileOrName)
}

/** True for what exists as a file or is written like one; anything else is a name in the library. */
export function isFile(text: string): boolean {
  return /[\\/]|\.(csv|tsv|txt|json|gz|zip|xlsx?|mpt|mpr)$/i.test(text) || existsSync(text)
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function present<T extends object>(fields: T): Present<T> {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept) as Present<T>
}
