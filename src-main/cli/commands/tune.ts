import { basename } from 'node:path'
import type { TunedScore, Tuning } from '../../../src-shared/contract/tuning.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { packageTarget } from '../../services/modelShelf/modelFolder.ts'
import { tuneModel } from '../../services/tuning/tuning.ts'
import type { CommandCall } from '../command.ts'
import { percent, table } from '../table.ts'

/** Options of a training, which decide nothing here. */
const ofTraining = ['preset', 'config', 'data', 'epochs', 'seed', 'resume', 'threads', 'print-config']

/** `train --from`: without --out only how good the tuned package would be is told. */
export async function tune({
  arguments: given,
  parts,
  models,
  output,
  signal,
}: CommandCall): Promise<number> {
  const other = ofTraining.find((name) => given.has(name))
  if (other !== undefined) {
    throw new Failure('usage', 'wrong-arguments', `train --from takes no --${other}.`, {
      advice: 'Leave it out, or train a network without --from.',
    })
  }
  const cells = given.texts('cells')
  if (cells.length === 0) {
    throw new Failure('usage', 'wrong-arguments', 'train --from needs --cells.', {
      advice: 'Write pimoe train --from MODEL --cells ID ID ID --out DIR',
    })
  }
  const out = given.text('out')
  const folder = out === undefined ? null : packageTarget(out)
  const target = folder === null ? null : { folder, name: basename(folder) }
  const tuning = await tuneModel(
    parts,
    models,
    { model: given.text('from'), cells, target },
    { signal, progress: ({ done, total }) => output.note(`${done} of ${total}`) },
  )
  output.answer(tuning, () => tuningText(tuning))
  return 0
}

function tuningText(tuning: Tuning): string {
  const { parent, type, cells, total, left, forgetting, isBetter, isExtrapolated, model } = tuning
  const row = (
    name: string,
    rows: number,
    { before, after }: { before: TunedScore; after: TunedScore },
  ): (string | number)[] => [
    name,
    rows,
    ...(['error', 'bias', 'coverage', 'width', 'trajectory'] as const).map(
      (key) => `${percent(before[key])} → ${percent(after[key])}`,
    ),
  ]
  return [
    `${parent.name}, ${type}: each cell judged by a package tuned on the others, before → after`,
    table(
      ['cell', 'rows', 'error', 'bias', 'inside 90 %', 'width', 'trajectory'],
      [
        ...cells.map((cell) => row(cell.name, cell.rows, cell)),
        row(
          'all',
          cells.reduce((sum, { rows }) => sum + rows, 0),
          total,
        ),
      ],
    ),
    ...left.map(({ name, reason }) => `left out: ${name}: ${reason}.`),
    ...(forgetting === null
      ? []
      : [
          `${forgetting.cells} cells that it was trained on: ${percent(forgetting.before)} → ${percent(forgetting.after)}`,
        ]),
    isBetter
      ? 'Tuning helps on cells left out.'
      : `Tuning does not help on cells left out. Keep ${parent.name}.`,
    ...(isExtrapolated ? ['Fewer than nine cells: what rests on them is tagged extrapolated.'] : []),
    ...(model === null ? [] : [`${model.name}  ${model.sha256.slice(0, 12)}`]),
  ].join('\n')
}
