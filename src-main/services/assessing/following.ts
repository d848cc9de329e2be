import { setImmediate } from 'node:timers/promises'
import type {
  FollowingCell,
  FollowingForecast,
  FollowingRequests,
} from '../../../src-shared/contract/following.ts'
import type { Application, RequestInput } from '../../../src-shared/contract/requests.ts'
import { cancelled, Failure } from '../../../src-shared/failure/failure.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { longestHorizon } from '../../../src-shared/forecast/horizon.ts'
import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import type { StoredCell } from '../../library/cells.ts'
import type { Library } from '../../library/openLibrary.ts'
import { lastUsable } from '../library/assessedCell.ts'
import { answersOf, chooseModel, resolveScenario, type ChosenModel } from './assessing.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { unknownCell } from '../library/unknownCell.ts'

/** So many cells are answered in one run of the network; between runs a cancel message can arrive. */
const together = 25

export function followingRequests(
  parts: Parts,
  models: ModelShelf,
): Pick<Application, keyof FollowingRequests> {
  return {
    'assessments/follow': async (input, { signal }) => {
      const library = await parts.library()
      const stored = input.cells.map((id) => found(library, id))
      const question = { upTo: input.upTo, scenario: resolveScenario(library, input.scenario) }
      const rows: FollowingCell[] = []
      for (let from = 0; from < stored.length; from += together) {
        if (from > 0) await setImmediate()
        if (signal.aborted) throw cancelled()
        const chosen = await choicesOf(stored.slice(from, from + together), models, input)
        for (const { cells, choice } of chosen) rows.push(...rowsOf(library, cells, { ...question, choice }))
      }
      return inOrder(rows, stored)
    },
  }
}

function found(library: Library, id: string): StoredCell {
  const stored = library.cells.find(id)
  if (stored === null) throw unknownCell(library, id)
  return stored
}

interface Chosen {
  readonly choice: ChosenModel | Failure
  readonly cells: readonly StoredCell[]
}

/** Simulated cells may be answered by another model than the others: each kind chooses once. */
async function choicesOf(
  cells: readonly StoredCell[],
  models: ModelShelf,
  { model }: RequestInput<'assessments/follow'>,
): Promise<Chosen[]> {
  const kinds = [true, false].map((simulated) => ({
    simulated,
    cells: cells.filter(({ description }) => description.simulated === simulated),
  }))
  const chosen: Chosen[] = []
  for (const { simulated, cells: alike } of kinds) {
    if (alike.length === 0) continue
    chosen.push({ cells: alike, choice: await orFailure(chooseModel({ simulated }, model, models)) })
  }
  return chosen
}

async function orFailure<T>(work: Promise<T>): Promise<T | Failure> {
  return work.catch((error: unknown) => {
    if (error instanceof Failure && error.kind !== 'usage') return error
    throw error
  })
}

interface PlanOfCells {
  readonly scenario: Scenario
  readonly upTo: number | undefined
  readonly choice: ChosenModel | Failure
}

function rowsOf(
  library: Library,
  cells: readonly StoredCell[],
  { scenario, upTo, choice }: PlanOfCells,
): FollowingCell[] {
  if (choice instanceof Failure) return cells.map((cell) => row(cell, choice))
  const { manifest } = choice.model
  const asked = cells.map((stored) => ({
    cell: lastUsable(library, stored, manifest),
    scenarios: [scenario],
  }))
  const horizon = upTo === undefined ? {} : { horizon: Math.min(upTo, longestHorizon(manifest)) }
  const answers = answersOf(asked, horizon, choice)
  return cells.map((cell, i) => row(cell, answers[i][0]))
}

function row({ id: cell, description }: StoredCell, answer: Assessment | Failure): FollowingCell {
  const told = { cell, cellName: description.name }
  if (answer instanceof Failure) {
    const { code, message, detail } = answer
    return { ...told, forecast: null, failure: { code, message, advice: detail.advice } }
  }
  return { ...told, forecast: forecastOf(answer), failure: null }
}

function forecastOf(answer: Assessment): FollowingForecast {
  const { trajectory, stateOfHealth, nominalCapacity_Ah, endOfLife, simulated } = answer
  const extrapolated = trajectory.findIndex(({ evidence }) => evidence === 'extrapolated')
  return {
    stateOfHealth: stateOfHealth.value,
    nominalCapacity_Ah,
    capacity_Ah: trajectory.map(({ capacity_Ah }) => Math.round(capacity_Ah * 1e5) / 1e5),
    estimatedSteps: extrapolated === -1 ? trajectory.length : extrapolated,
    endOfLife,
    simulated,
  }
}

/** As they were asked for. */
function inOrder(rows: readonly FollowingCell[], stored: readonly StoredCell[]): FollowingCell[] {
  const byId = new Map(rows.map((one) => [one.cell, one]))
  return stored.flatMap(({ id }) => byId.get(id) ?? [])
}
