import { basename, resolve } from 'node:path'
import type { EpochReport } from '../../../src-shared/contract/run.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { packageTarget } from '../../services/modelShelf/modelFolder.ts'
import { enterRun, recordedRun } from '../../services/training/recordedRun.ts'
import { readRunConfigFile, type RunConfig } from '../../services/training/runConfigFile.ts'
import { secondsLeft } from '../../services/training/runSummary.ts'
import { runFiles } from '../../services/training/trainingCells.ts'
import type { FinishedTraining } from '../../services/training/trainingRun.ts'
import type { Command, CommandCall } from '../command.ts'
import type { Output } from '../output.ts'
import { tune } from './tune.ts'
import { duration } from '../table.ts'

export const trainCommand: Command = {
  name: 'train',
  summary: 'trains a network and writes a model package',
  usage: '(--preset NAME or --config FILE) --data DIR --out DIR, or --from MODEL --cells ID… [--out DIR]',
  details: [
    'Presets: `default` (measured cells), `demo` (the simulated samples in assets/samples), and the published networks:',
    '`legacy-ul-nca-cy25-05` and its like, `legacy-tpsl-fixed`, `legacy-tpsl-arbitrary`, `legacy-lsd`.',
    '`--print-config` writes all that decides a run as JSON, without running it; changed, it is what `--config` takes.',
    '`--from` tunes a model on cells of the library, each judged by a package tuned on the others; without --out nothing is written.',
    'The package appears whole when the run is done; stopped earlier, `--resume` goes on with it. `runs` keeps the history.',
  ],
  positionals: { least: 0, most: 0, what: 'options only' },
  options: {
    preset: { type: 'text', value: 'NAME', help: 'settings and list of cells' },
    config: { type: 'text', value: 'FILE', help: 'a configuration that `--print-config` wrote' },
    data: {
      type: 'text',
      value: 'DIR',
      help: "folder of the cells (default: the samples, or the configuration's)",
    },
    out: { type: 'text', value: 'DIR', help: 'folder of the new package; its name is the name of the model' },
    epochs: {
      type: 'integer',
      value: 'N',
      range: { least: 1, most: 1_000_000 },
      help: "epochs (default: the preset's)",
    },
    seed: { type: 'integer', value: 'N', range: { least: 0 }, help: 'seed of every random draw (default 1)' },
    from: {
      type: 'text',
      value: 'MODEL',
      help: 'tunes this model on cells of the library instead of training one',
    },
    cells: {
      type: 'texts',
      value: 'ID…',
      help: 'with --from: three or more own cells of one type, up to the next option',
    },
    resume: { type: 'flag', help: 'goes on with the unfinished run in the folder of --out' },
    threads: {
      type: 'integer',
      value: 'N',
      range: { least: 1, most: 256 },
      help: 'threads (default: one for each core, at most one for 16 windows of a batch); all give the same bits',
    },
    'print-config': { type: 'flag', help: 'prints the configuration and runs nothing' },
  },
  run: async (call) => {
    const { arguments: given, parts, output, signal } = call
    if (given.has('from')) return tune(call)
    if (given.has('print-config')) {
      const config = await configOf(call)
      output.answer(config, () => JSON.stringify(config, null, 2))
      return 0
    }
    const folder = packageTarget(required(given.text('out')))
    const config = await configOf(call)
    await runFiles(parts, config)
    const library = await parts.library()
    const state = given.has('resume') ? 'resume' : 'new'
    const run = enterRun(library, { config, folder, name: basename(folder), state })
    const trained = await recordedRun(parts, library, run, { signal, ...progressNotes(config, output) })
    answerTrained(output, trained, { id: run.id, config, folder })
    return 0
  },
}

/** From the file or the preset; what the command line says besides counts more. */
async function configOf({ arguments: given, parts }: CommandCall): Promise<RunConfig> {
  const preset = given.text('preset')
  const file = given.text('config')
  if ((preset === undefined) === (file === undefined)) throw wrongArguments()
  const data = given.text('data')
  const epochs = given.number('epochs')
  const changes = {
    ...(given.number('seed') === undefined ? {} : { seed: Number(given.number('seed')) }),
    ...(given.number('threads') === undefined ? {} : { threads: Number(given.number('threads')) }),
  }
  if (preset !== undefined) {
    const { presetConfig } = await parts.runConfigs()
    const of = { data: resolve(data ?? parts.places.samples), ...changes }
    return presetConfig(preset, epochs === undefined ? of : { ...of, epochs })
  }
  const config = await readRunConfigFile(parts, required(file))
  return {
    ...config,
    ...changes,
    ...(data === undefined ? {} : { data: resolve(data) }),
    ...(epochs === undefined ? {} : { settings: { ...config.settings, epochs } }),
  }
}

function required(text: string | undefined): string {
  if (text === undefined) throw wrongArguments()
  return text
}

function wrongArguments(): Failure {
  return new Failure('usage', 'wrong-arguments', 'train needs --out, and either --preset or --config.', {
    advice: 'Write pimoe train --preset NAME --data DIR --out DIR',
  })
}

function progressNotes({ settings }: RunConfig, output: Output) {
  const history: EpochReport[] = []
  return {
    onResume: (from: { findings: readonly { message: string }[] }) =>
      from.findings.forEach(({ message }) => output.note(message)),
    onEpoch: (report: EpochReport) => {
      history.push(report)
      const { epoch, trainLoss, validationLoss, seconds } = report
      const losses = `train ${trainLoss.toPrecision(4)}  validation ${validationLoss.toPrecision(4)}`
      const left = duration(secondsLeft(history, settings.epochs) ?? 0)
      output.note(`epoch ${epoch}  ${losses}  ${seconds.toFixed(1)} s  ${left} left`)
    },
  }
}

function answerTrained(
  output: Output,
  { package: { manifest, sha256 }, history, bestEpoch, notes }: FinishedTraining,
  { id, config, folder }: { id: string; config: RunConfig; folder: string },
): void {
  const document = {
    schema: 'pimoe-training/1',
    run: id,
    model: { name: manifest.name, sha256, folder },
    preset: config.preset,
    seed: config.seed,
    simulated: manifest.simulated,
    epochs: history.length,
    bestEpoch,
    metrics: manifest.metrics,
    notes,
    history,
  }
  output.answer(document, () => {
    const metrics = Object.entries(manifest.metrics ?? {}).map(
      ([name, value]) => `${name.padEnd(14)} ${value.toPrecision(4)}`,
    )
    return [`${manifest.name}  ${sha256.slice(0, 12)}  ${folder}`, ...metrics, ...notes].join('\n')
  })
}
