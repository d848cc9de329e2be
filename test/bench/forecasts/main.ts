import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readModelPackage } from '../../../src-main/checkpoints/modelPackage.ts'
import { evaluate, type Evaluation } from '../../../src-main/training/judging/evaluate.ts'
import type { TrainingCell } from '../../../src-main/training/problem/trainingCell.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { baselineLines } from './baselines.ts'
import { readCells } from './cells.ts'
import { decisionLines } from './decisions.ts'
import { extraLines } from './extras.ts'
import { planLines } from './plans.ts'

// Writes docs/benchmark.md from the public data: node test/bench/forecasts/main.ts --data DIR [--model DIR]
const { values: given } = parseArgs({
  options: {
    data: { type: 'string' },
    model: { type: 'string', default: 'models/pimoe' },
    out: { type: 'string', default: 'docs/benchmark.md' },
  },
})
if (given.data === undefined) throw new Error('Name the data folder: --data DIR')
const model = await readModelPackage(given.model)
const { trained, test } = await readCells(given.data)
const whole = evaluate({ package: model, cells: test })
const lines = [
  '# How good the forecasts are',
  '',
  `Model \`${model.manifest.name}\`, seed ${model.manifest.training?.seed ?? 0}, on the public test cells, which it never saw; written by`,
  '`node test/bench/forecasts/main.ts --data DIR`. Errors in percent of the true capacity over all windows; a window is one row of a file,',
  'and the model sees that row’s charge and rest and the use that followed. What cells left out of the training say stands on the',
  'model’s card (`models/pimoe/card.md`): trust that more, for these are few cells.',
  '',
  ...scoreLines(whole),
  '',
  ...baselineLines(model, trained, test),
  '',
  ...startLines(model, test),
  '',
  ...decisionLines(model, test),
  '',
  ...planLines(model, test),
  '',
  ...extraLines(model, test),
  '',
]
writeFileSync(join(given.out), lines.join('\n'))
console.log(lines.join('\n'))

function scoreLines({ conditions }: Evaluation): string[] {
  const two = (value: number | null): string => (value === null ? '–' : value.toFixed(2))
  const row = (
    name: string,
    one: Evaluation['conditions'][number]['cells'][number] | Evaluation['conditions'][number],
  ): string =>
    `| ${name} | ${one.windows} | ${one.refused} | ${two(one.mape)} | ${two(one.step1Mape)} | ${two(one.lastStepMape)} | ${two(one.maxWindowMape)} | ${two(one.coverage90 === null ? null : 100 * one.coverage90)} | ${two(one.width90)} |`
  return [
    '## By condition and cell',
    '| condition, cell | windows | refused | MAPE | present capacity | last step | worst window | inside the interval | its width |',
    '|---|---|---|---|---|---|---|---|---|',
    ...conditions.flatMap((condition) => [
      row(`**${condition.name}**, ${condition.horizon} cycles`, condition),
      ...condition.cells.map((cell) => row(cell.cell, cell)),
    ]),
  ]
}

function startLines(package_: ModelPackage, cells: readonly TrainingCell[]): string[] {
  const starts = [undefined, 3.6, 3.71, 3.82, 3.94]
  const results = starts
    .slice(1)
    .map((startVoltage) => evaluate({ package: package_, cells, startVoltage: startVoltage ?? 0 }))
  return [
    '## Charges that start late',
    `| condition | ${starts
      .slice(1)
      .map((volt) => `from ${volt} V`)
      .join(' | ')} |`,
    `|---|${starts
      .slice(1)
      .map(() => '---')
      .join('|')}|`,
    ...results[0].conditions.map(
      ({ name }, i) =>
        `| ${name} | ${results.map(({ conditions }) => `${conditions[i].mape?.toFixed(2)} (${conditions[i].step1Mape?.toFixed(2)})`).join(' | ')} |`,
    ),
    'MAPE, in brackets that of the present capacity. LSD’s published curves begin at 3.8 V.',
  ]
}
