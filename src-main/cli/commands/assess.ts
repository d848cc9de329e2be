import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { storedCell } from '../../services/library/assessedCell.ts'
import { answerCell } from '../../services/assessing/assessing.ts'
import { readCellFile, requireCycle } from '../../services/assessing/cellFile.ts'
import { answerFromPast } from '../../services/assessing/fromPast.ts'
import { shelfOn } from '../../services/modelShelf/engine.ts'
import type { Command, CommandCall } from '../command.ts'
import {
  cellQuestion,
  engineOf,
  engineOption,
  isFile,
  questionOptions,
  statedDescription,
} from '../questionOptions.ts'
import type { OptionSpecs } from '../options.ts'
import { percent, quantity } from '../table.ts'

const methodOption: OptionSpecs = {
  method: {
    type: 'text',
    value: 'NAME',
    choice: ['pimoe', 'polynomial'],
    help: 'pimoe, or polynomial for a cell with 50 past capacities whose use stays (default pimoe)',
  },
}

export const assessCommand: Command = {
  name: 'assess',
  summary: 'tells capacity, state of health and trajectory of a cell under a planned use',
  usage: '(ID or FILE)',
  details: [
    'A file is read and not imported; of the library only its templates are looked at. A cell of the library keeps its answer there.',
    'With `--engine tensorflow` nothing is kept: what is stored comes from the kernels, the same bits everywhere.',
    'With `--method polynomial` a cubic goes on from the capacities that the cell has behind it, 50 or more; nothing is kept.',
    'What the record does not tell is taken from the options, else from the model if it knows one cell type only.',
  ],
  positionals: { least: 1, most: 1, what: 'one cell or file' },
  options: { ...questionOptions, ...engineOption, ...methodOption },
  run: async (call) => {
    const answer = await (call.arguments.text('method') === 'polynomial' ? fromPast(call) : assessment(call))
    const engine = engineOf(call.arguments)
    const document = engine === 'kernels' ? answer : { ...answer, engine }
    call.output.answer(document, () => assessmentText(answer))
    return 0
  },
}

/** The answer from a cell's own past capacities. */
async function fromPast(call: CommandCall): Promise<Assessment> {
  const { arguments: given, parts, signal } = call
  const target = given.positionals[0]
  const question = await cellQuestion(call)
  const { cell } = isFile(target)
    ? await readCellFile(parts, target, { stated: statedDescription(given), signal })
    : storedCell(await parts.library(), target)
  return answerFromPast(cell, question)
}

async function assessment(call: CommandCall): Promise<Assessment> {
  const { arguments: given, application, parts, signal } = call
  const target = given.positionals[0]
  const question = await cellQuestion(call)
  const engine = engineOf(given)
  const models = await shelfOn(engine, parts, call.models)
  if (isFile(target)) {
    const { cell, result } = await readCellFile(parts, target, { stated: statedDescription(given), signal })
    requireCycle(result, target)
    return answerCell(cell, question, models)
  }
  if (engine !== 'kernels')
    return answerCell(storedCell(await parts.library(), target).cell, question, models)
  const context = { signal, progress: () => undefined }
  return (await application['assessments/run']({ ...question, cell: target }, context)).assessment
}

function assessmentText(answer: Assessment): string {
  const { presentCapacity: present, stateOfHealth: health, endOfLife, domain } = answer
  const ends = ([name, cycles]: [string, number | null]): string =>
    `${name} ${cycles === null ? 'beyond the horizon' : `${cycles} cycles`}`
  const { p10, p50, p90 } = endOfLife
  return [
    `${answer.cell}, cycle ${answer.cycle}, ${answer.scenario.name}${answer.simulated ? '  SIMULATED' : ''}`,
    `capacity  ${quantity(present.value_Ah, 'Ah')} (${quantity(present.low_Ah, 'Ah')} to ${quantity(present.high_Ah, 'Ah')}), ${present.evidence}`,
    `health    ${percent(health.value)} (${percent(health.low)} to ${percent(health.high)}), ${health.evidence}`,
    `to ${percent(endOfLife.threshold)} ${Object.entries({ P10: p10, P50: p50, P90: p90 }).map(ends).join(', ')}`,
    ...answer.trajectory
      .slice(-1)
      .map(({ cycle, capacity_Ah }) => `after ${cycle} cycles ${quantity(capacity_Ah, 'Ah')}`),
    `model     ${answer.model.name} ${answer.model.sha256.slice(0, 12)}`.trim(),
    ...domain.findings.map(({ message }) => `- ${message}`),
  ].join('\n')
}
