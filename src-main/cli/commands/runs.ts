import type { RunSummary } from '../../../src-shared/contract/training.ts'
import { unknownName } from '../../services/unknownName.ts'
import type { Command, CommandCall } from '../command.ts'
import { duration, findingText, table } from '../table.ts'

export const runsCommand: Command = {
  name: 'runs',
  summary: 'lists the training runs, those of the window too',
  usage: '',
  details: [
    'Kept in the library: data, seed, settings, machine and epochs of every run, whatever became of it.',
  ],
  positionals: { least: 0, most: 0, what: 'no argument' },
  options: {},
  run: async (call) => {
    const runs = await listed(call)
    call.output.answer({ schema: 'pimoe-runs/1', runs }, () =>
      table(
        ['id', 'name', 'preset', 'state', 'epochs', 'of', 'best', 'validation loss', 'left', 'started'],
        runs.map((run) => [
          run.id.slice(0, 8),
          run.name,
          run.preset,
          run.state,
          run.history.length,
          run.epochs,
          run.bestEpoch,
          bestLoss(run),
          run.secondsLeft === null ? '' : duration(run.secondsLeft),
          run.startedAt.slice(0, 16).replace('T', ' '),
        ]),
      ),
    )
    return 0
  },
}

export const runCommand: Command = {
  name: 'run',
  summary: 'shows one training run with all that it rests on, and keeps notes on it',
  usage: 'ID [--notes TEXT]',
  details: [
    'ID is the id that `runs` prints, its beginning, or the name of the model: the newest run of that name.',
  ],
  positionals: { least: 1, most: 1, what: 'the id of one run' },
  options: { notes: { type: 'text', value: 'TEXT', help: 'replaces the notes of the run' } },
  run: async (call) => {
    const { arguments: given, application, output, signal } = call
    const found = findRun(await listed(call), given.positionals[0])
    const notes = given.text('notes')
    const context = { signal, progress: () => undefined }
    const run =
      notes === undefined ? found : await application['training/note']({ id: found.id, notes }, context)
    output.answer({ schema: 'pimoe-training-run/1', ...run }, () => runText(run))
    return 0
  },
}

function listed({ application, signal }: CommandCall): Promise<RunSummary[]> {
  return application['training/list']({}, { signal, progress: () => undefined })
}

/** By id, by the beginning of one, or by name; the newest of several. Throws `no-such-run`. */
function findRun(runs: readonly RunSummary[], wanted: string): RunSummary {
  const found =
    runs.find(({ id }) => id === wanted) ??
    runs.find(({ id, name }) => name === wanted || (wanted.length >= 4 && id.startsWith(wanted)))
  if (found !== undefined) return found
  const known = runs.flatMap(({ id, name }) => [id.slice(0, 8), name])
  throw unknownName('run', wanted, known, 'refused')
}

function bestLoss({ history, bestEpoch }: RunSummary): number | null {
  const losses = history
    .filter(({ epoch, validationLoss }) => Number.isFinite(validationLoss) && epoch === (bestEpoch ?? epoch))
    .map(({ validationLoss }) => validationLoss)
  return losses.length === 0 ? null : losses.reduce((least, loss) => Math.min(least, loss))
}

function runText(run: RunSummary): string {
  const left = run.secondsLeft === null ? '' : `, ${duration(run.secondsLeft)} left`
  const settings = Object.entries(run.settings).map(([name, value]) => `${name} ${value}`)
  return [
    `${run.id}  ${run.name}`,
    `state     ${run.state}, ${run.history.length} of ${run.epochs} epochs${left}`,
    `preset    ${run.preset}, seed ${run.seed}`,
    `settings  ${settings.join(', ')}`,
    `machine   ${run.machine}${run.threads === null ? '' : `, on ${run.threads} threads`}`,
    ...(run.notes === '' ? [] : [`notes     ${run.notes}`]),
    ...(run.error === null ? [] : [`error     ${run.error}`]),
    ...run.findings.map(findingText),
    table(
      ['file', 'role', 'sha256'],
      run.data.map(({ path, role, sha256 }) => [path, role, sha256.slice(0, 12)]),
    ),
    table(
      ['epoch', 'train loss', 'validation loss', 'gate entropy', 's'],
      run.history.map((epoch) => [
        epoch.epoch,
        epoch.trainLoss,
        epoch.validationLoss,
        epoch.gateEntropy,
        epoch.seconds,
      ]),
    ),
  ].join('\n')
}
