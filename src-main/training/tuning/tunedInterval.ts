import { Failure } from '../../../src-shared/failure/failure.ts'
import type { ConditionError, IntervalTable } from '../../../src-shared/forecast/package.ts'
import { isVisited } from '../../../src-shared/forecast/use.ts'
import { calibrateEvidence, type LeftOutRow } from '../evidence/calibrateEvidence.ts'
import type { CellTypeRows } from '../evidence/evidenceRow.ts'

/** With fewer cells the level cannot be reached: ⌈0.9 (n + 1)⌉ exceeds n. */
export const leastCalibrated = 9

/**
 * The table with the errors of own cells left out under their uses, in place of the package's for that type; where fewer
 * than nine cells tell, never narrower than the package was. Other types and uses stay.
 */
export function tunedInterval(
  table: IntervalTable,
  type: CellTypeRows,
  leftOut: readonly LeftOutRow[],
): IntervalTable {
  const { conditions } = table
  if (conditions === undefined) throw notTunable()
  const ofType = conditions.filter((condition) => condition.type === type.label)
  const own = calibrateEvidence(leftOut, [type], table.score.length)
  const tuned = (own.conditions ?? []).map((condition): ConditionError => {
    const before = errorBefore(ofType, condition)
    const error = condition.error.map((value, t) => {
      const measured = (value * own.score[t]) / table.score[t]
      return rounded(condition.cells < leastCalibrated ? Math.max(measured, before[t] ?? 0) : measured)
    })
    return { ...condition, error }
  })
  const kept = conditions.filter(
    (condition) => condition.type !== type.label || !tuned.some((one) => isSameUse(condition, one)),
  )
  return { ...table, conditions: [...kept, ...tuned] }
}

/** What the package itself compared such a cell with: the same use, else the worst of the type. */
function errorBefore(ofType: readonly ConditionError[], condition: ConditionError): number[] {
  const same = ofType.filter((one) => isSameUse(one, condition))
  const compared = same.length > 0 ? same : ofType
  return condition.error.map((_, t) => compared.reduce((worst, one) => Math.max(worst, one.error[t] ?? 0), 0))
}

function isSameUse(one: ConditionError, other: ConditionError): boolean {
  const use = {
    chargeRate: one.charge_rate,
    dischargeRate: one.discharge_rate,
    temperature: one.temperature_degC,
  }
  return isVisited(use, [{ name: '', ...other }])
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

/** Only packages on evidence have a head to correct and errors by use. */
export function notTunable(): Failure {
  return new Failure('usage', 'not-tunable', 'This model does not rest on evidence, so it cannot be tuned.', {
    advice: 'Choose a model that does, as pimoe.',
  })
}
