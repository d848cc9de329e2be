import type { AdvisedMeasurement } from '../../../src-shared/contract/advice.ts'
import type { ExtraMeasurement } from '../../../src-shared/forecast/extraMeasurement.ts'
import type { Outcome } from '../../../src-shared/grading/grade.ts'
import { adviceFor, graded } from '../../services/assessing/advising.ts'
import { currentRules } from '../../services/grading/grading.ts'
import { storedCell } from '../../services/library/assessedCell.ts'
import { readCellFile, requireCycle } from '../../services/assessing/cellFile.ts'
import type { Command, CommandCall } from '../command.ts'
import { cellQuestion, isFile, questionOptions, statedDescription } from '../questionOptions.ts'
import { likelihood, quantity } from '../table.ts'

export const adviseCommand: Command = {
  name: 'advise',
  summary: 'tells which further measurement would narrow the interval most, and what grades it leaves',
  usage: '(ID or FILE)',
  details: [
    'What the record hides is unmasked in turn: a lower start of the charge, its end, the rest, a full discharge.',
    'Only a model that rests on evidence tells windows apart; of any other nothing is advised.',
    'Widths are those of the 90 % interval at the end of the horizon; nothing is kept.',
    'The grades that stay possible are those of the library’s rules in force, for a cell of the library.',
  ],
  positionals: { least: 1, most: 1, what: 'one cell or file' },
  options: questionOptions,
  run: async (call) => {
    const measurements = await advice(call)
    call.output.answer({ schema: 'pimoe-advice/1', measurements }, () => text(measurements))
    return 0
  },
}

async function advice(call: CommandCall): Promise<AdvisedMeasurement[]> {
  const { arguments: given, parts, models, signal } = call
  const [target] = given.positionals
  const question = await cellQuestion(call)
  if (!isFile(target)) {
    const library = await parts.library()
    return graded(await adviceFor(storedCell(library, target).cell, question, models), currentRules(library))
  }
  const { cell, result } = await readCellFile(parts, target, { stated: statedDescription(given), signal })
  requireCycle(result, target)
  return graded(await adviceFor(cell, question, models), null)
}

function text(measurements: readonly AdvisedMeasurement[]): string {
  if (measurements.length === 0) return 'No further measurement would narrow the interval.'
  return measurements
    .flatMap((one) => [
      `${words(one)}: ${quantity(one.widthThen_Ah, 'Ah')} instead of ${quantity(one.widthNow_Ah, 'Ah')}`,
      ...gradeText(one),
    ])
    .join('\n')
}

function gradeText({ grade: outlook }: AdvisedMeasurement): string[] {
  if (outlook === null) return []
  const { effect, now, then, rules } = outlook
  const stated = `  grade by ${rules.name}, version ${rules.version}: ${outcomeText(now)} now`
  if (effect === 'unknown') return [`${stated}; whether it would change is unknown`]
  if (effect === 'leaves') return [`${stated}; would stay`]
  const likely = then.map((one) => `${outcomeText(one)} ${likelihood(one.likelihood)}`).join(', ')
  return [`${stated}; ${effect === 'settles' ? 'would be settled' : 'may change'}: ${likely}`]
}

function outcomeText({ verdict, grade }: Outcome): string {
  return grade ?? verdict
}

function words({ kind, charge, hasRest }: ExtraMeasurement): string {
  if (kind === 'capacity') return 'a full discharge'
  const window = charge === null ? '' : ` from ${charge.from.toFixed(2)} to ${charge.to.toFixed(2)} V`
  return `a charge${window}${hasRest ? ', and the rest after it' : ''}`
}
