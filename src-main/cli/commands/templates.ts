import { Failure } from '../../../src-shared/failure/failure.ts'
import { unknownName } from '../../services/unknownName.ts'
import type { Command, CommandCall } from '../command.ts'
import { mapOption, statedMapping } from '../mapOption.ts'
import { table } from '../table.ts'

export const templatesCommand: Command = {
  name: 'templates',
  summary: 'lists the mappings that the library keeps; `templates save` and `templates remove` change them',
  usage: '[list], save NAME FILE --map FILE, or remove NAME',
  details: [
    'A file whose headings are those a template was saved for is read by it unasked, and the answer says so.',
    '`save` reads FILE by the mapping first: what cannot be read is not kept.',
  ],
  positionals: { least: 0, most: 3, what: '`list`, `save` with a name and a file, or `remove` with a name' },
  options: mapOption,
  run: async (call) => {
    const [action = 'list', name = ''] = call.arguments.positionals
    if (action === 'list') return list(call)
    if (action === 'save') return save(call)
    if (action === 'remove' && name !== '') return remove(call, name)
    throw action === 'remove' ? wrongArguments() : unknownName('action', action, ['list', 'save', 'remove'])
  },
}

async function list({ application, output, signal }: CommandCall): Promise<number> {
  const templates = await application['templates/list']({}, { signal, progress: () => undefined })
  output.answer({ schema: 'pimoe-templates/1', templates }, () =>
    table(
      ['name', 'recognised by'],
      templates.map(({ name, fingerprint }) => [name, fingerprint ?? 'nothing: it has no headings']),
    ),
  )
  return 0
}

async function save({ arguments: given, application, output, signal }: CommandCall): Promise<number> {
  const [, name = '', path = ''] = given.positionals
  const { mapping } = await statedMapping(given)
  if (name === '' || path === '' || mapping === undefined) throw wrongArguments()
  const template = await application['templates/save'](
    { name, file: { path }, mapping },
    { signal, progress: () => undefined },
  )
  output.answer({ schema: 'pimoe-template/1', ...template }, () => `${name} saved`)
  return 0
}

async function remove({ application, output, signal }: CommandCall, name: string): Promise<number> {
  const answer = await application['templates/remove']({ name }, { signal, progress: () => undefined })
  output.answer({ schema: 'pimoe-template-removal/1', ...answer }, () => `${name} removed`)
  return 0
}

function wrongArguments(): Failure {
  return new Failure(
    'usage',
    'wrong-arguments',
    'templates needs a name, and for `save` a file and a mapping.',
    {
      advice: 'Write pimoe templates save NAME FILE --map FILE, or pimoe templates remove NAME',
    },
  )
}
