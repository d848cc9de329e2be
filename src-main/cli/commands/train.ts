import { basename } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { packageTarget } from '../../services/modelFolder.ts'
import { trainPackage } from '../../services/trainingRun.ts'
import type { Command } from '../command.ts'
import type { Arguments } from '../options.ts'

export const trainCommand: Command = {
  name: 'train',
  summary: 'trains a network and writes a model package',
  usage: '--preset NAME --data DIR --out DIR',
  details: [
    'Presets: `default` (measured cells), `demo` (the simulated samples in assets/samples), and the published networks:',
    '`legacy-ul-nca-cy25-05` and its like, `legacy-tpsl-fixed`, `legacy-tpsl-arbitrary`, `legacy-lsd`.',
    'The package appears whole when the run is done; stopped earlier, `--resume` goes on with it.',
  ],
  positionals: { least: 0, most: 0, what: 'options only' },
  options: {
    preset: { type: 'text', value: 'NAME', help: 'settings and list of cells' },
    data: { type: 'text', value: 'DIR', help: 'folder of the cells (default: the samples)' },
    out: { type: 'text', value: 'DIR', help: 'folder of the new package; its name is the name of the model' },
    epochs: {
      type: 'integer',
      value: 'N',
      range: { least: 1, most: 1_000_000 },
      help: "epochs (default: the preset's)",
    },
    seed: { type: 'integer', value: 'N', range: { least: 0 }, help: 'seed of every random draw (default 1)' },
    resume: { type: 'flag', help: 'goes on with the unfinished run in the folder of --out' },
    threads: {
      type: 'integer',
      value: 'N',
      range: { least: 1, most: 256 },
      help: 'threads (default: one for each core, at most one for 16 windows of a batch); all give the same bits',
    },
  },
  run: async ({ arguments: given, parts, output, signal }) => {
    const { preset, out, data = parts.places.samples } = needed(given)
    const folder = packageTarget(out)
    const epochs = given.number('epochs')
    const seed = given.number('seed') ?? 1
    const threads = given.number('threads')
    const state = given.has('resume') ? 'resume' : 'new'
    const order = { preset, data, folder, name: basename(folder), seed, state } as const
    const trained = await trainPackage(parts, epochs === undefined ? order : { ...order, epochs }, {
      signal,
      ...(threads === undefined ? {} : { threads }),
      onEpoch: ({ epoch, trainLoss, validationLoss, seconds }) => {
        const losses = `train ${trainLoss.toPrecision(4)}  validation ${validationLoss.toPrecision(4)}`
        output.note(`epoch ${epoch}  ${losses}  ${seconds.toFixed(1)} s`)
      },
    })
    const { manifest, sha256 } = trained.package
    const document = {
      schema: 'pimoe-training/1',
      model: { name: manifest.name, sha256, folder },
      preset,
      seed,
      simulated: manifest.simulated,
      epochs: trained.history.length,
      bestEpoch: trained.bestEpoch,
      metrics: manifest.metrics,
      notes: trained.notes,
      history: trained.history,
    }
    output.answer(document, () => {
      const metrics = Object.entries(manifest.metrics ?? {}).map(
        ([name, value]) => `${name.padEnd(14)} ${value.toPrecision(4)}`,
      )
      return [`${manifest.name}  ${sha256.slice(0, 12)}  ${folder}`, ...metrics, ...trained.notes].join('\n')
    })
    return 0
  },
}

function needed(given: Arguments): { preset: string; out: string; data?: string } {
  const preset = given.text('preset')
  const out = given.text('out')
  const data = given.text('data')
  if (preset !== undefined && out !== undefined)
    return { preset, out, ...(data === undefined ? {} : { data }) }
  throw new Failure('usage', 'wrong-arguments', 'train needs --preset and --out.', {
    advice: 'Write pimoe train --preset NAME --data DIR --out DIR',
  })
}
