import type { DryRun, StoredRules } from '../../../src-shared/contract/grading.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { readGradingRulesFile } from '../../services/grading/gradingRulesFile.ts'
import { unknownName } from '../../services/unknownName.ts'
import type { Command, CommandCall } from '../command.ts'
import { table } from '../table.ts'

const actions = { list, show, 'dry-run': dryRun, save }

export const rulesCommand: Command = {
  name: 'rules',
  summary: 'shows, tries and saves the grading rules of the library',
  usage: '[list], show [VERSION], dry-run FILE, or save FILE',
  details: [
    '`show` prints a version as a rules file: the newest, or the one named.',
    '`dry-run` tells which batteries would change grade and changes nothing.',
    '`save` makes a new version and grades the library by it; earlier grades stay.',
  ],
  positionals: { least: 0, most: 2, what: '`list`, `show`, `dry-run` or `save`, and a version or file' },
  options: { note: { type: 'text', value: 'TEXT', help: 'save: why the rules are changed' } },
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
  const versions = await storedVersions(call)
  call.output.answer({ schema: 'pimoe-grading-versions/1', versions }, () =>
    table(
      ['version', 'name', 'saved at', 'sha256', 'note'],
      versions.map(({ version, rules, savedAt, sha256, note }) => [
        version,
        rules.name,
        savedAt,
        sha256.slice(0, 12),
        note,
      ]),
    ),
  )
  return 0
}

/** Prints a rules file either way: what is shown can be edited and saved again. */
async function show(call: CommandCall): Promise<number> {
  const versions = await storedVersions(call)
  const named = call.arguments.positionals.at(1)
  const found = named === undefined ? versions[0] : versions.find(({ version }) => String(version) === named)
  if (found === undefined) {
    const known = versions.map(({ version }) => String(version))
    throw unknownName('rules version', named ?? '', known)
  }
  call.output.answer(found.rules, () => JSON.stringify(found.rules, null, 2))
  return 0
}

async function dryRun(call: CommandCall): Promise<number> {
  const rules = await readGradingRulesFile(namedFile(call, 'dry-run'))
  const told = await call.application['grading/dry-run']({ rules }, context(call))
  call.output.answer(told, () => dryRunText(told))
  return 0
}

async function save(call: CommandCall): Promise<number> {
  const rules = await readGradingRulesFile(namedFile(call, 'save'))
  const note = call.arguments.text('note')
  const question = { rules, ...(note === undefined ? {} : { note }) }
  const { saved, dryRun: told } = await call.application['grading/save'](question, context(call))
  call.output.answer({ schema: 'pimoe-grading-save/1', saved, dryRun: told }, () =>
    [`Saved as version ${saved.version}  ${saved.sha256.slice(0, 12)}`, dryRunText(told)].join('\n'),
  )
  return 0
}

function dryRunText({ against, assessed, notAssessed, counts, changed }: DryRun): string {
  return [
    `Against ${against.name}, version ${against.version}: ${changed.length} of ${assessed} change, ${notAssessed} not assessed`,
    table(
      ['outcome', 'before', 'after'],
      counts.map(({ verdict, grade, before, after }) => [grade ?? verdict, before, after]),
    ),
    ...changed.map(
      ({ cellName, simulated, before, after }) =>
        `${cellName}${simulated ? ' (SIMULATED)' : ''}: ${before.grade ?? before.verdict} -> ${after.grade ?? after.verdict}. ${after.reasons[0].message}`,
    ),
  ].join('\n')
}

function namedFile({ arguments: given }: CommandCall, action: string): string {
  const file = given.positionals.at(1)
  if (file !== undefined) return file
  throw new Failure('usage', 'wrong-arguments', `rules ${action} needs a rules file.`, {
    advice: `Write pimoe rules ${action} FILE; pimoe rules show prints one to start from.`,
  })
}

function storedVersions(call: CommandCall): Promise<StoredRules[]> {
  return call.application['grading/rules']({}, context(call))
}

function context({ signal }: CommandCall) {
  return { signal, progress: () => undefined }
}
