import { Failure } from '../../../src-shared/failure/failure.ts'
import { evaluateModel, type EvaluationOrder } from '../../services/training/evaluating.ts'
import { shelfOn } from '../../services/modelShelf/engine.ts'
import type { Command } from '../command.ts'
import type { Arguments } from '../options.ts'
import { engineOf, engineOption } from '../questionOptions.ts'
import { table } from '../table.ts'

export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: 'tells how far the forecasts of a model are from what cells did',
  usage: '--model (NAME or DIR) --data (DIR or FILE)… [--split FILE]',
  details: [
    'With --split only the test cells of that splits.json are judged; their paths are relative to a --data folder.',
    'Errors in percent over all answered windows; coverage is a fraction; width is the whole interval in percent.',
  ],
  positionals: { least: 0, most: 0, what: 'options only' },
  options: {
    model: { type: 'text', value: 'NAME', help: 'model by name or folder' },
    data: { type: 'texts', value: 'DIR…', help: 'folders or files, up to the next option' },
    split: { type: 'text', value: 'FILE', help: 'a splits.json: its test cells only' },
    horizon: {
      type: 'integer',
      value: 'N',
      range: { least: 1, most: 10_000 },
      help: 'cycles ahead (default 50)',
    },
    'start-voltage': {
      type: 'number',
      value: 'V',
      range: { above: 0, below: 10 },
      help: 'hides the charge curve below it',
    },
    ...engineOption,
  },
  run: async ({ arguments: given, parts, models, output, signal }) => {
    const order = orderOf(given)
    const engine = engineOf(given)
    const shelf = await shelfOn(engine, parts, models)
    const evaluation = await evaluateModel(parts, shelf, order, { signal, note: output.note })
    const document = engine === 'kernels' ? evaluation : { ...evaluation, engine }
    output.answer(document, () =>
      table(
        [
          'condition',
          'cells',
          'windows',
          'refused',
          'MAPE %',
          'step 1 %',
          'last %',
          'RMSE Ah',
          'coverage',
          'width %',
        ],
        evaluation.conditions.map((condition) => [
          condition.name,
          condition.cells.length,
          condition.windows,
          condition.refused,
          condition.mape,
          condition.step1Mape,
          condition.lastStepMape,
          condition.rmse_Ah,
          condition.coverage90,
          condition.width90,
        ]),
      ),
    )
    return 0
  },
}

function orderOf(given: Arguments): EvaluationOrder {
  const model = given.text('model')
  const data = given.texts('data')
  if (model === undefined || data.length === 0) {
    throw new Failure('usage', 'wrong-arguments', 'evaluate needs --model and --data.', {
      advice: 'Write pimoe evaluate --model NAME --data DIR',
    })
  }
  const split = given.text('split')
  const horizon = given.number('horizon')
  const startVoltage = given.number('start-voltage')
  return {
    model,
    data,
    ...(split === undefined ? {} : { split }),
    ...(horizon === undefined ? {} : { horizon }),
    ...(startVoltage === undefined ? {} : { startVoltage }),
  }
}
