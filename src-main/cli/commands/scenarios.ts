import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import { unknownName } from '../../services/unknownName.ts'
import type { Command, CommandCall } from '../command.ts'
import { table } from '../table.ts'

const actions = { list, show, versions, save, presets }

export const scenariosCommand: Command = {
  name: 'scenarios',
  summary: 'lists, shows and saves the planned uses of the library, and the presets to begin from',
  usage: '[list], show NAME, versions NAME, save FILE, or presets',
  details: [
    '`show` prints a scenario file: the newest version, the one of --version, or a preset by its id.',
    '`save` keeps a scenario file under a name that is free. Wherever a scenario is asked for, a preset can be named.',
  ],
  positionals: {
    least: 0,
    most: 2,
    what: '`list`, `show`, `versions`, `save` or `presets`, and a name or file',
  },
  options: {
    version: {
      type: 'integer',
      value: 'N',
      range: { least: 1 },
      help: 'show: this version (default: the newest)',
    },
  },
  run: async (call) => {
    const [action = 'list'] = call.arguments.positionals
    if (!isAction(action)) throw unknownName('action', action, Object.keys(actions))
    return actions[action](call)
  },
}

function isAction(name: string): name is keyof typeof actions {
  return Object.hasOwn(actions, name)
}

async function list(call: CommandCall): Promise<number> {
  const scenarios = await call.application['scenarios/list']({}, context(call))
  call.output.answer({ schema: 'pimoe-scenarios/1', scenarios }, () =>
    table(
      ['name', 'version', 'blocks', 'cycles', 'saved at'],
      scenarios.map(({ scenario, version, changedAt }) => [
        scenario.name,
        version,
        ...sizeOf(scenario),
        changedAt,
      ]),
    ),
  )
  return 0
}

async function show(call: CommandCall): Promise<number> {
  const named = call.arguments.positionals.at(1) ?? ''
  const wanted = call.arguments.number('version')
  const scenario = wanted === undefined ? await scenarioOf(call, named) : await versionOf(call, named, wanted)
  call.output.answer(scenario, () => JSON.stringify(scenario, null, 2))
  return 0
}

async function versions(call: CommandCall): Promise<number> {
  const found = await versionsOf(call, call.arguments.positionals.at(1) ?? '')
  call.output.answer({ schema: 'pimoe-scenario-versions/1', versions: found }, () =>
    table(
      ['version', 'name', 'blocks', 'cycles', 'saved at'],
      found.map(({ version, scenario, savedAt }) => [version, scenario.name, ...sizeOf(scenario), savedAt]),
    ),
  )
  return 0
}

async function save(call: CommandCall): Promise<number> {
  const path = call.arguments.positionals.at(1) ?? ''
  const stored = await call.application['scenarios/import']({ path }, context(call))
  call.output.answer({ schema: 'pimoe-scenario/1', ...stored }, () => `${stored.scenario.name} saved`)
  return 0
}

async function presets(call: CommandCall): Promise<number> {
  const found = await call.application['scenarios/presets']({}, context(call))
  call.output.answer({ schema: 'pimoe-scenario-presets/1', presets: found }, () =>
    found
      .map(({ id, scenario, cyclesPerYear, basis }) =>
        [`${id}  ${scenario.name}, ${cyclesPerYear} cycles a year`, `  ${basis}`].join('\n'),
      )
      .join('\n'),
  )
  return 0
}

async function scenarioOf({ parts }: CommandCall, named: string): Promise<Scenario> {
  const { resolveScenario } = await import('../../services/assessing/assessing.ts')
  return resolveScenario(await parts.library(), named)
}

async function versionOf(call: CommandCall, named: string, wanted: number): Promise<Scenario> {
  const found = await versionsOf(call, named)
  const version = found.find((one) => one.version === wanted)
  if (version !== undefined) return version.scenario
  const known = found.map((one) => String(one.version))
  throw unknownName('scenario version', String(wanted), known)
}

async function versionsOf(call: CommandCall, named: string) {
  const stored = (await call.parts.library()).scenarios.find(named)
  return call.application['scenarios/versions']({ id: stored?.id ?? named }, context(call))
}

function sizeOf({ blocks }: Scenario): [number, number] {
  return [blocks.length, blocks.reduce((sum, { cycles }) => sum + cycles, 0)]
}

function context({ signal }: CommandCall) {
  return { signal, progress: () => undefined }
}
