import { Failure } from '../../../src-shared/failure/failure.ts'
import { packageTarget } from '../../services/modelFolder.ts'
import { importCheckpointInto } from '../../services/models.ts'
import { unknownName } from '../../services/unknownName.ts'
import type { Command, CommandCall } from '../command.ts'
import { table } from '../table.ts'
import { basename } from 'node:path'

export const modelsCommand: Command = {
  name: 'models',
  summary: 'lists the models; `models import` reads a published checkpoint',
  usage: '[list] or import FILE.pth --scaler FILE --out DIR',
  details: [
    'An imported network uses the legacy features and the stored currents, has no interval and never refuses.',
    '`model import` is the same.',
  ],
  positionals: { least: 0, most: 2, what: '`list`, or `import` and a file' },
  options: {
    scaler: {
      type: 'text',
      value: 'FILE',
      help: 'JSON of {name: {mean, scale}}: the entry named like the .pth, or the only one',
    },
    out: { type: 'text', value: 'DIR', help: 'folder of the new package' },
  },
  run: async (call) => {
    const [action = 'list'] = call.arguments.positionals
    if (action === 'list') return list(call)
    if (action === 'import') return importModel(call)
    throw unknownName('action', action, ['list', 'import'])
  },
}

async function list({ models, output }: CommandCall): Promise<number> {
  const { packages: found, damaged } = await models.list()
  for (const { message, detail } of damaged) output.note(`${detail.file ?? ''}: ${message} ${detail.advice}`)
  output.answer({ schema: 'pimoe-models/1', models: found }, () =>
    table(
      ['', 'name', 'horizon', 'data', 'sha256'],
      found.map(({ name, isDefault, manifest, sha256 }) => [
        isDefault ? '*' : ' ',
        name,
        manifest.network.T,
        manifest.simulated ? 'SIMULATED' : 'measured',
        sha256.slice(0, 12),
      ]),
    ),
  )
  return 0
}

async function importModel({ arguments: given, parts, output }: CommandCall): Promise<number> {
  const checkpoint = given.positionals.at(1)
  const out = given.text('out')
  const scaler = given.text('scaler')
  if (checkpoint === undefined || out === undefined) {
    throw new Failure('usage', 'wrong-arguments', 'models import needs a checkpoint and --out.', {
      advice: 'Write pimoe models import FILE.pth --scaler FILE --out DIR',
    })
  }
  const folder = packageTarget(out)
  const question = { checkpoint, name: basename(folder), ...(scaler === undefined ? {} : { scaler }) }
  const { manifest, sha256 } = await importCheckpointInto(parts, folder, question)
  const document = { schema: 'pimoe-model-import/1', name: manifest.name, sha256, folder, manifest }
  output.answer(document, () => `${manifest.name}  ${sha256.slice(0, 12)}  ${folder}`)
  return 0
}
