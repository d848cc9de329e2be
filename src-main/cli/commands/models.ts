import { basename, resolve } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { exportModel } from '../../services/modelShelf/exporting.ts'
import { packageTarget } from '../../services/modelShelf/modelFolder.ts'
import { importCheckpointInto } from '../../services/modelShelf/models.ts'
import { unknownName } from '../../services/unknownName.ts'
import { writeFileAtomically } from '../../services/exporting/writeFileAtomically.ts'
import type { Command, CommandCall } from '../command.ts'
import { table } from '../table.ts'
import { listDefaults, promote, rollBack, weigh } from './defaultModels.ts'

const actions = {
  list,
  import: importModel,
  export: exportNamed,
  weigh,
  promote,
  defaults: listDefaults,
  'roll-back': rollBack,
}

export const modelsCommand: Command = {
  name: 'models',
  summary: 'lists the models, exchanges networks, and decides which is the default',
  usage:
    '[list], import FILE --scaler FILE --out DIR, export NAME (--safetensors or --onnx) FILE, weigh NAME, promote NAME [--note TEXT], defaults, or roll-back NO. [--note TEXT]',
  details: [
    'An imported network uses the legacy features and the stored currents, has no interval and never refuses.',
    'It reads .pth and .safetensors; one that `export` wrote brings its scaler and all it knows.',
    '`model import` and `model export` are the same.',
    '`weigh` judges a model beside the present default on the validation cells of its run; `promote` makes it the default, which answers wherever no model is named.',
    '`defaults` lists who promoted what, when and why; `roll-back` makes an entry of it the default again, 0 the one of the program. Assessments that are kept keep theirs.',
  ],
  positionals: { least: 0, most: 2, what: 'an action and what it is done to' },
  options: {
    scaler: {
      type: 'text',
      value: 'FILE',
      help: 'JSON of {name: {mean, scale}}: the entry named like the network file, or the only one',
    },
    out: { type: 'text', value: 'DIR', help: 'folder of the new package' },
    safetensors: { type: 'text', value: 'FILE', help: 'export: the weights by their published names' },
    onnx: { type: 'text', value: 'FILE', help: 'export: the network for other runtimes' },
    data: {
      type: 'text',
      value: 'DIR',
      help: 'weigh: where the cells lie (default: where the run found them)',
    },
    note: { type: 'text', value: 'TEXT', help: 'promote, roll-back: why' },
    by: {
      type: 'text',
      value: 'TEXT',
      help: "promote, roll-back: who (default: the last report's operator)",
    },
  },
  run: async (call) => {
    const [action = 'list'] = call.arguments.positionals
    if (!Object.hasOwn(actions, action)) throw unknownName('action', action, Object.keys(actions))
    return actions[action as keyof typeof actions](call)
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

async function exportNamed({ arguments: given, parts, models, output }: CommandCall): Promise<number> {
  const model = given.positionals.at(1)
  const formats = exportFormats.filter((format) => given.has(format))
  const format = formats.at(0)
  const named = format === undefined ? undefined : given.text(format)
  if (model === undefined || format === undefined || named === undefined || formats.length > 1) {
    throw new Failure(
      'usage',
      'wrong-arguments',
      'models export needs a model and one format with its file.',
      {
        advice: 'Write pimoe models export NAME (--safetensors or --onnx) FILE',
      },
    )
  }
  const { package: exported, bytes } = await exportModel(parts, models, { model, format })
  const file = resolve(named)
  await writeFileAtomically(file, bytes)
  const { manifest, sha256 } = exported
  const document = {
    schema: 'pimoe-model-export/1',
    name: manifest.name,
    sha256,
    format,
    file,
    bytes: bytes.length,
  }
  output.answer(document, () => file)
  return 0
}

const exportFormats = ['safetensors', 'onnx'] as const
