import type { ExtraMeasurement } from '../../../src-shared/forecast/extraMeasurement.ts'
import { adviceFor } from '../../services/assessing/advising.ts'
import { storedCell } from '../../services/library/assessedCell.ts'
import { readCellFile, requireCycle } from '../../services/assessing/cellFile.ts'
import type { Command, CommandCall } from '../command.ts'
import { cellQuestion, isFile, questionOptions, statedDescription } from '../questionOptions.ts'
import { quantity } from '../table.ts'

export const adviseCommand: Command = {
  name: 'advise',
  summary: 'tells which further measurement would narrow the interval most',
  usage: '(ID or FILE)',
  details: [
    'What the record hides is unmasked in turn: a lower start of the charge, its end, the rest, a full discharge.',
    'Only a model that rests on evidence tells windows apart; of any other nothing is advised.',
    'Widths are those of the 90 % interval at the end of the horizon; nothing is kept.',
  ],
  positionals: { least: 1, most: 1, what: 'one cell or file' },
  options: questionOptions,
  run: async (call) => {
    const measurements = await advice(call)
    call.output.answer({ schema: 'pimoe-advice/1', measurements }, () => text(measurements))
    return 0
  },
}

async function advice(call: CommandCall): Promise<ExtraMeasurement[]> {
  const { arguments: given, parts, models, signal } = call
  const [target] = given.positionals
  const question = await cellQuestion(call)
  if (!isFile(target)) return adviceFor(storedCell(await parts.library(), target).cell, question, models)
  const { cell, result } = await readCellFile(parts, target, { stated: statedDescription(given), signal })
  requireCycle(result, target)
  return adviceFor(cell, question, models)
}

function text(measurements: readonly ExtraMeasurement[]): string {
  if (measurements.length === 0) return 'No further measurement would narrow the interval.'
  return measurements
    .map(
      (one) =>
        `${words(one)}: ${quantity(one.widthThen_Ah, 'Ah')} instead of ${quantity(one.widthNow_Ah, 'Ah')}`,
    )
    .join('\n')
}

function words({ kind, charge, hasRest }: ExtraMeasurement): string {
  if (kind === 'capacity') return 'a full discharge'
  const window = charge === null ? '' : ` from ${charge.from.toFixed(2)} to ${charge.to.toFixed(2)} V`
  return `a charge${window}${hasRest ? ', and the rest after it' : ''}`
}
