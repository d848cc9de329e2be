import type { Application } from '../../../src-shared/contract/requests.ts'
import type {
  CellForecast,
  CellScores,
  LibraryScores,
  ModelScore,
} from '../../../src-shared/contract/scores.ts'
import { scoreForecast, sumOfScores, type MeasuredCapacity } from '../../../src-shared/forecast/scoring.ts'
import type { KeptForecast } from '../../library/assessments.ts'
import type { StoredCell } from '../../library/cells.ts'
import type { CapacityCycle } from '../../library/measurements.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { Parts } from '../parts.ts'
import { unknownCell } from '../library/unknownCell.ts'

export function scoreRequests(parts: Parts): Pick<Application, 'scores/cell' | 'scores/models'> {
  return {
    'scores/cell': async ({ id }) => cellScores(await parts.library(), id),
    'scores/models': async () => libraryScores(await parts.library()),
  }
}

/** Throws Failure `no-such-cell`. */
function cellScores(library: Library, idOrName: string): CellScores {
  const cell = library.cells.find(idOrName)
  if (cell === null) throw unknownCell(library, idOrName)
  const { measured, forecasts } = scoredForecasts(library, cell)
  const { name, simulated } = cell.description
  return {
    schema: 'pimoe-cell-scores/1',
    cell: cell.id,
    cellName: name,
    simulated,
    measured,
    forecasts,
    models: sumsByModel(forecasts.map((forecast) => ({ forecast, cell: cell.id, simulated }))),
  }
}

function libraryScores(library: Library): LibraryScores {
  const all = library.measurements.scorableCells().flatMap((id) => {
    const cell = library.cells.find(id)
    if (cell === null) return []
    const { simulated } = cell.description
    return scoredForecasts(library, cell).forecasts.map((forecast) => ({ forecast, cell: id, simulated }))
  })
  return { schema: 'pimoe-scores/1', models: sumsByModel(all) }
}

function scoredForecasts(
  library: Library,
  { id: cellId, description }: StoredCell,
): { measured: MeasuredCapacity[]; forecasts: CellForecast[] } {
  const recorded = library.measurements.cyclesOf(cellId)
  const measured = measuredCapacities(recorded, library.measurements.statedOf(cellId))
  const cycles = recorded.map(({ row, use }) => ({
    row,
    use: { ...use, temperature: description.temperature_degC ?? use.temperature },
  }))
  const forecasts = firstOfEach(library.assessments.forecastsOf(cellId)).map((kept): CellForecast => {
    const { id, assessedAt, row, assessment } = kept
    return {
      id,
      assessedAt,
      model: assessment.model,
      scenario: assessment.scenario.name,
      cycle: assessment.cycle,
      row,
      isAnchored: assessment.presentCapacity.evidence === 'measured',
      trajectory: assessment.trajectory,
      score: scoreForecast(kept, measured, cycles),
    }
  })
  return { measured, forecasts: forecasts.reverse() }
}

/** What is stated of a row overrules its record: the user knows whether that discharge was a full one. */
function measuredCapacities(
  cycles: readonly CapacityCycle[],
  stated: readonly MeasuredCapacity[],
): MeasuredCapacity[] {
  const rows = new Set(stated.map(({ row }) => row))
  const recorded = cycles.flatMap(({ row, capacity_Ah, importedAt }): MeasuredCapacity[] =>
    capacity_Ah === null || rows.has(row)
      ? []
      : [{ row, capacity_Ah, origin: 'record', knownSince: importedAt }],
  )
  return [...recorded, ...stated].toSorted((a, b) => a.row - b.row)
}

/** The same forecast made again says nothing new. */
function firstOfEach(kept: readonly KeptForecast[]): KeptForecast[] {
  const known = new Set<string>()
  return kept.filter(({ row, assessment }) => {
    const { model, scenario, presentCapacity, trajectory, nominalCapacity_Ah } = assessment
    const key = JSON.stringify([
      row,
      model.sha256,
      scenario.blocks,
      presentCapacity.value_Ah,
      trajectory.length,
      nominalCapacity_Ah,
    ])
    return !known.has(key) && known.add(key)
  })
}

interface OwnedForecast {
  readonly forecast: CellForecast
  readonly cell: string
  readonly simulated: boolean
}

function sumsByModel(all: readonly OwnedForecast[]): ModelScore[] {
  const scored = all.filter(({ forecast }) => forecast.score.points.length > 0)
  const groups = new Map<string, OwnedForecast[]>()
  for (const one of scored) {
    const key = `${one.forecast.score.kind} ${one.forecast.model.sha256}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].map((group) => {
    const [{ forecast }] = group
    return {
      model: forecast.model,
      kind: forecast.score.kind,
      cells: new Set(group.map(({ cell }) => cell)).size,
      simulated: group.some(({ simulated }) => simulated),
      ...sumOfScores(group.map((one) => one.forecast.score)),
    }
  })
}
