import type { DefaultModel, Weighing, WeighedScore } from '../../../src-shared/contract/models.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { CommandCall } from '../command.ts'
import { percent, table } from '../table.ts'

/** Which model was the default when; exit code 4 where the present one cannot answer. */
export async function listDefaults({ application, output, signal }: CommandCall): Promise<number> {
  const defaults = await application['models/defaults']({}, { signal, progress: () => undefined })
  const { current, problem, history } = defaults
  output.answer(defaults, () =>
    [
      `default  ${current ?? 'none'}`,
      ...(problem === null ? [] : [`${problem.message} ${problem.advice}`]),
      table(['no.', 'at', '', 'model', 'sha256', 'by', 'note'], history.map(entryRow)),
    ].join('\n'),
  )
  return problem === null ? 0 : 4
}

export async function weigh({ arguments: given, application, output, signal }: CommandCall): Promise<number> {
  const model = named(given.positionals.at(1), 'models weigh NAME [--data DIR]')
  const data = given.text('data')
  const weighing = await application['models/weigh'](
    { model, ...(data === undefined ? {} : { data }) },
    { signal, progress: ({ done, total }) => output.note(`${done} of ${total} conditions`) },
  )
  output.answer(weighing, () => weighingText(weighing))
  return 0
}

export async function promote({
  arguments: given,
  application,
  output,
  signal,
}: CommandCall): Promise<number> {
  const model = named(given.positionals.at(1), 'models promote NAME [--note TEXT] [--by TEXT]')
  const context = { signal, progress: () => undefined }
  const decided = await application['models/promote']({ model, ...decision(given) }, context)
  output.answer({ schema: 'pimoe-default-model/1', ...decided }, () => entryText(decided))
  return 0
}

export async function rollBack({
  arguments: given,
  application,
  output,
  signal,
}: CommandCall): Promise<number> {
  const usage = 'models roll-back NO. [--note TEXT] [--by TEXT]; models defaults lists the numbers'
  const to = Number(named(given.positionals.at(1), usage))
  if (!Number.isInteger(to) || to < 0) throw wrongArguments(usage)
  const context = { signal, progress: () => undefined }
  const decided = await application['models/roll-back']({ to, ...decision(given) }, context)
  output.answer({ schema: 'pimoe-default-model/1', ...decided }, () => entryText(decided))
  return 0
}

function decision(given: CommandCall['arguments']): { note: string; by?: string } {
  const by = given.text('by')
  return { note: given.text('note') ?? '', ...(by === undefined ? {} : { by }) }
}

function named(value: string | undefined, usage: string): string {
  if (value === undefined) throw wrongArguments(usage)
  return value
}

function wrongArguments(usage: string): Failure {
  return new Failure('usage', 'wrong-arguments', 'The command is not complete.', {
    advice: `Write pimoe ${usage}`,
  })
}

function entryRow({ sequence, at, action, model, by, note }: DefaultModel): (string | number)[] {
  const when = at.slice(0, 16).replace('T', ' ')
  const name = model?.name ?? "the program's own"
  return [sequence, when, action, name, model?.sha256.slice(0, 12) ?? '', by, note.replaceAll(/\s+/g, ' ')]
}

function entryText(entry: DefaultModel): string {
  return `default  ${entry.model?.name ?? "the program's own"}  (no. ${entry.sequence}, ${entry.action})`
}

function weighingText({ candidate, present, conditions, notes }: Weighing): string {
  const score = (one: WeighedScore | null): string[] =>
    one === null
      ? ['–', '–', '–', '–']
      : [percent(one.trajectory), percent(one.present), percent(one.coverage), percent(one.width)]
  const rows = conditions.flatMap((one) => [
    [one.condition, candidate.name, ...score(one.candidate), `${one.trainedOn.candidate} of ${one.cells}`],
    ...(present === null
      ? []
      : [['', present.name, ...score(one.present), `${one.trainedOn.present} of ${one.cells}`]]),
  ])
  const headings = ['condition', 'model', 'error', 'present', 'inside 90 %', 'width', 'trained on']
  return [...(rows.length === 0 ? [] : [table(headings, rows)]), ...notes].join('\n')
}
