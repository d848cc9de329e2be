import type { CellScores, ModelScore } from '../../../src-shared/contract/scores.ts'
import type { ForecastScore } from '../../../src-shared/forecast/scoring.ts'
import type { Command, CommandCall } from '../command.ts'
import { percent, table } from '../table.ts'

export const scoresCommand: Command = {
  name: 'scores',
  summary: 'holds kept forecasts against capacities measured later',
  usage: '[ID]',
  details: [
    'With a cell each of its forecasts; without, the sums of each model over the library.',
    'Errors are relative to the rated capacity. A hindcast was made when the library knew the truth already.',
  ],
  positionals: { least: 0, most: 1, what: 'the id of one cell, or nothing' },
  options: {},
  run: async (call) => {
    const [id] = call.arguments.positionals
    if (call.arguments.positionals.length > 0) return scoresOfCell(call, id)
    const context = { signal: call.signal, progress: () => undefined }
    const scores = await call.application['scores/models']({}, context)
    call.output.answer(scores, () => modelsText(scores.models))
    return 0
  },
}

async function scoresOfCell({ application, output, signal }: CommandCall, id: string): Promise<number> {
  const scores = await application['scores/cell']({ id }, { signal, progress: () => undefined })
  output.answer(scores, () => cellText(scores))
  return 0
}

function cellText({ cellName, simulated, forecasts, models }: CellScores): string {
  const rows = forecasts.map(({ assessedAt, cycle, model, scenario, score }) => {
    const last = score.points.at(-1)
    return [
      assessedAt.slice(0, 16).replace('T', ' '),
      cycle,
      model.name,
      scenario,
      last === undefined ? reasons[score.reason ?? 'nothing-measured'] : score.kind,
      score.points.length,
      signedPercent(last?.error ?? null),
      percent(score.meanError),
      score.bands === 0 ? null : `${score.hits} of ${score.bands}`,
    ]
  })
  const headings = ['made', 'cycle', 'model', 'plan', 'kind', 'values', 'last error', 'mean error', 'inside']
  return [`${cellName}${simulated ? '  SIMULATED' : ''}`, table(headings, rows), '', modelsText(models)].join(
    '\n',
  )
}

const reasons: Readonly<Record<NonNullable<ForecastScore['reason']>, string>> = {
  'nothing-measured': 'nothing measured later',
  'beyond-horizon': 'measured beyond its horizon',
  'plan-not-followed': 'used otherwise than planned',
}

function modelsText(models: readonly ModelScore[]): string {
  const rows = models.map((score) => [
    `${score.model.name} ${score.model.sha256.slice(0, 12)}`,
    score.kind,
    score.cells,
    score.forecasts,
    score.points,
    percent(score.meanError),
    percent(score.hitShare),
    score.simulated ? 'SIMULATED' : null,
  ])
  const headings = ['model', 'kind', 'cells', 'forecasts', 'values', 'mean error', 'inside', 'data']
  return table(headings, rows)
}

function signedPercent(fraction: number | null): string | null {
  if (fraction === null) return null
  return `${fraction > 0 ? '+' : ''}${percent(fraction)}`
}
