import type { LotReportQuestion } from '../../../src-shared/contract/reports.ts'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import { cancelled, Failure } from '../../../src-shared/failure/failure.ts'
import type { LotBattery } from '../../../src-shared/lot/lotBattery.ts'
import type { Library } from '../../library/openLibrary.ts'
import { keepAnswer } from '../assessing/assessing.ts'
import { batteryGrades, currentRules } from '../grading/grading.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { signingKey } from './signingKey.ts'
import { unknownCell } from '../library/unknownCell.ts'

type LotQuestion = Readonly<LotReportQuestion>

export interface LotContext {
  readonly signal: CancelSignal
  readonly progress: (message: { done: number; total: number }) => void
}

/** The report of a lot. What has no answer that holds is assessed first; what cannot be assessed is told in its place. */
export async function reportLot(
  { parts, models }: { parts: Parts; models: ModelShelf },
  { cells, lot, groupSize, ...print }: LotQuestion,
  context: LotContext,
): Promise<{ bytes: Uint8Array; batteries: number; assessed: number }> {
  const library = await parts.library()
  const ids = cells?.map((named) => idOf(library, named)) ?? library.cells.list().map(({ id }) => id)
  const unanswered = await assessMissing({ parts, models }, [...new Set(ids)], context)
  const batteries = [
    ...lotBatteries(library, [...new Set(ids)], unanswered),
    ...(cells === undefined ? heldFiles(library) : []),
  ]
  const { version, rules } = currentRules(library)
  const { lotReport } = await parts.lotReport()
  const { withSignature } = await parts.report()
  const key = await signingKey(parts.libraryFolder)
  const body = await lotReport({
    schema: 'pimoe-lot-record/1',
    lot,
    groupSize,
    paper: print.paper ?? 'A4',
    laboratory: print.laboratory ?? null,
    address: print.address ?? null,
    logo: print.logo ?? null,
    operator: print.operator ?? null,
    batteries,
    rules: { name: rules.name, version, grades: rules.grades.map(({ grade }) => grade) },
    programVersion: parts.places.version,
    createdAt: new Date().toISOString(),
    publicKey: key.publicKey,
  })
  const bytes = withSignature(body, key.sign(body))
  const assessed = batteries.filter(({ answer }) => answer !== null).length
  return { bytes, batteries: batteries.length, assessed }
}

/** Why each cell without an answer has none. */
async function assessMissing(
  { parts, models }: { parts: Parts; models: ModelShelf },
  ids: readonly string[],
  { signal, progress }: LotContext,
): Promise<Map<string, Failure>> {
  const answered = new Set(batteryGrades(await parts.library(), ids).map(({ cell }) => cell))
  const missing = ids.filter((id) => !answered.has(id))
  const failures = new Map<string, Failure>()
  for (const [done, cell] of missing.entries()) {
    if (signal.aborted) throw cancelled()
    progress({ done, total: missing.length })
    try {
      await keepAnswer(parts, models, { cell })
    } catch (error) {
      if (!(error instanceof Failure) || !['refused', 'not-determinable'].includes(error.kind)) throw error
      failures.set(cell, error)
    }
  }
  return failures
}

function lotBatteries(
  library: Library,
  ids: readonly string[],
  failures: ReadonlyMap<string, Failure>,
): LotBattery[] {
  const graded = new Map(batteryGrades(library, ids).map((one) => [one.cell, one]))
  return ids.map((id): LotBattery => {
    const description = library.cells.find(id)?.description
    if (description === undefined) throw unknownCell(library, id)
    const { name, chemistry, nominalCapacity_Ah, simulated } = description
    const kept = library.assessments.find(graded.get(id)?.assessment ?? '')
    const grade = graded.get(id)?.grade
    if (kept === null || grade === undefined) {
      const failure = failures.get(id)
      const status = failure?.kind === 'refused' ? 'refused' : 'quarantined'
      return {
        name,
        chemistry,
        nominalCapacity_Ah,
        simulated,
        status,
        reason: reasonOf(failure),
        answer: null,
      }
    }
    const { stateOfHealth, presentCapacity, endOfLife, trajectory, scenario, ...asked } = kept.assessment
    return {
      name,
      chemistry: asked.chemistry,
      nominalCapacity_Ah: asked.nominalCapacity_Ah,
      simulated: simulated || asked.simulated,
      status: 'assessed',
      reason: null,
      answer: {
        stateOfHealth,
        capacity_Ah: presentCapacity.value_Ah,
        endOfLife,
        trajectory_Ah: trajectory.map(({ capacity_Ah }) => capacity_Ah),
        scenario: JSON.stringify(scenario),
        grade,
      },
    }
  })
}

function reasonOf(failure: Failure | undefined): string {
  return failure === undefined
    ? 'Its assessment does not hold any more.'
    : `${failure.message} ${failure.detail.advice}`
}

/** Files that were read but are in doubt: received, and not yet a battery of the library. */
function heldFiles(library: Library): LotBattery[] {
  return library.quarantine.list().map(({ path, findings }) => ({
    name: path.split(/[\\/]/).at(-1) ?? path,
    chemistry: null,
    nominalCapacity_Ah: null,
    simulated: false,
    status: 'quarantined',
    reason: findings.at(0)?.message ?? 'The file waits for a decision.',
    answer: null,
  }))
}

function idOf(library: Library, named: string): string {
  const found = library.cells.find(named)
  if (found === null) throw unknownCell(library, named)
  return found.id
}
