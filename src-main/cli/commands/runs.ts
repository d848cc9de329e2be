import type { ConditionScore, RunComparison } from '../../../src-shared/contract/runComparison.ts'
import { mostDeletedRuns, type RunDeletion } from '../../../src-shared/contract/runDeletion.ts'
import type { RunSummary } from '../../../src-shared/contract/run.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { unknownName } from '../../services/unknownName.ts'
import type { Command, CommandCall } from '../command.ts'
import { duration, findingText, percent, table } from '../table.ts'

export const runsCommand: Command = {
  name: 'runs',
  summary: 'lists the training runs, those of the window too',
  usage: '[compare ID ID… | delete ID…]',
  details: [
    'Kept in the library: data, seed, settings, machine and epochs of every run, whatever became of it.',
    '`runs compare` sets two to eight of them side by side: what differs in data and settings, scores, times.',
    '`runs delete` deletes runs for good: losses, settings, list of data and notes; each is an entry of the log.',
    'What goes on and what a promoted model rests on stays, and is said (exit code 3); models stay.',
  ],
  positionals: {
    least: 0,
    most: 1 + mostDeletedRuns,
    what: 'nothing, `compare` and two to eight runs, or `delete` and runs',
  },
  options: {},
  run: async (call) => {
    const action = call.arguments.positionals.at(0)
    if (action === 'compare') return compare(call, call.arguments.positionals.slice(1))
    if (action === 'delete') return deleteRuns(call, call.arguments.positionals.slice(1))
    if (action !== undefined) throw unknownName('action', action, ['compare', 'delete'])
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

async function compare(call: CommandCall, wanted: readonly string[]): Promise<number> {
  const { application, output, signal } = call
  if (wanted.length < 2 || wanted.length > 8) {
    throw new Failure('usage', 'wrong-arguments', 'runs compare needs two to eight runs.', {
      advice: 'Write pimoe runs compare ID ID',
    })
  }
  const runs = await listed(call)
  const ids = wanted.map((one) => findRun(runs, one).id)
  const comparison = await application['training/compare']({ ids }, { signal, progress: () => undefined })
  output.answer(comparison, () => comparisonText(comparison))
  return 0
}

/** Exit code 3 where one stays. */
async function deleteRuns(call: CommandCall, wanted: readonly string[]): Promise<number> {
  const { application, output, signal } = call
  if (wanted.length === 0) {
    throw new Failure('usage', 'wrong-arguments', 'runs delete needs the id of one run or more.', {
      advice: 'Write pimoe runs delete ID',
    })
  }
  const runs = await listed(call)
  const ids = wanted.map((one) => findOneRun(runs, one).id)
  const deletion = await application['training/delete']({ ids }, { signal, progress: () => undefined })
  output.answer(deletion, () => deletion.runs.map(deletionText).join('\n'))
  return deletion.runs.every(({ keptBecause }) => keptBecause === null) ? 0 : 3
}

function deletionText({ id, name, keptBecause, model }: RunDeletion['runs'][number]): string {
  const run = `${id.slice(0, 8)}  ${name}`
  if (keptBecause !== null) return `kept     ${run}\n  - ${keptBecause}.`
  return `deleted  ${run}${model === null ? '' : `\n  - Its model ${model} stays.`}`
}

/** As findRun, but what is deleted must not be guessed. Throws `several-runs` where a name is that of several. */
function findOneRun(runs: readonly RunSummary[], wanted: string): RunSummary {
  const run = findRun(runs, wanted)
  const others = runs.filter(({ id, name }) => name === wanted || id.startsWith(wanted))
  if (run.id === wanted || others.length < 2) return run
  throw new Failure('usage', 'several-runs', `${others.length} runs are named ${wanted}.`, {
    advice: `Name one by its id: ${others.map(({ id }) => id.slice(0, 8)).join(', ')}.`,
    found: wanted,
  })
}

function comparisonText({ runs, settings, files, scores, sameJudged }: RunComparison): string {
  const labels = runs.map(({ label }) => label)
  const score = (one: ConditionScore | null): string =>
    one === null ? '–' : `${percent(one.trajectory)}, present ${percent(one.present)}`
  const otherFiles = files.filter(({ differs }) => differs)
  const otherSettings = settings.filter(({ differs }) => differs)
  return [
    table(
      ['', ...labels],
      [
        ['state', ...runs.map(({ run }) => run.state)],
        ['epochs', ...runs.map(({ run }) => `${run.history.length} of ${run.epochs}`)],
        ['best loss', ...runs.map(({ run }) => bestLoss(run))],
        ['time', ...runs.map(({ seconds }) => duration(seconds))],
        ['data', ...runs.map(({ dataSha256 }) => dataSha256?.slice(0, 12) ?? '–')],
        [
          'model',
          ...runs.map(({ model, modelProblem }) => modelProblem ?? model?.sha256.slice(0, 12) ?? '–'),
        ],
        ['error', ...runs.map(({ model }) => score(model?.total ?? null))],
        ...scores.map(({ condition, judged, values }) => [`${condition}, ${judged}`, ...values.map(score)]),
        ...otherSettings.map(({ name, values }) => [name, ...values.map((value) => String(value ?? '–'))]),
        ...otherFiles.map(({ path, roles }) => [path, ...roles.map((role) => role ?? '–')]),
        ['notes', ...runs.map(({ run }) => run.notes.replaceAll(/\s+/g, ' '))],
      ],
    ),
    `${settings.length - otherSettings.length} settings and ${files.length - otherFiles.length} files are the same in all.`,
    ...(sameJudged ? [] : ['The runs were judged on different cells: their scores do not compare.']),
  ].join('\n')
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
