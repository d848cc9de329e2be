import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import { assess } from '../../../src-shared/forecast/assess.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { gradedAnswer, gradeOf } from '../../../src-shared/grading/grade.ts'
import type { ReportCycle, ReportInputs, ReportResults } from '../../report/reportRecord.ts'
import { cycleSignals } from '../library/cycleSignals.ts'

/** The results of a report from its inputs alone. Throws what `assess` throws. */
export function recompute(inputs: ReportInputs, model: ModelPackage): ReportResults {
  const { cell, cycle, question, remarks, rules } = inputs
  const { scenario, horizon, threshold, measuredCapacity_Ah } = question
  const answer = assess({
    model,
    cell: { name: cell.name, description: cell, cycles: [cycleOf(cycle)] },
    ...(scenario === null ? {} : { scenario }),
    ...(horizon === null ? {} : { horizon }),
    ...(threshold === null ? {} : { threshold }),
    ...(measuredCapacity_Ah === null ? {} : { measuredCapacity_Ah }),
  })
  const assessment = withRemarks(answer, remarks)
  const grade = rules === null ? null : gradeOf(gradedAnswer(assessment), rules.rules)
  return { assessment, grade }
}

/** An answer with what the record and the choice of model add to its findings. */
export function withRemarks(answer: Assessment, { before, after }: ReportInputs['remarks']): Assessment {
  const findings = [...before, ...answer.domain.findings, ...after]
  return { ...answer, domain: { ...answer.domain, findings } }
}

export function reportCycle(cycle: Cycle, record: ReportCycle['record']): ReportCycle {
  const { dischargeCapacity, use, stored } = cycle
  return { ...cycleSignals(cycle), record, dischargeCapacity_Ah: dischargeCapacity, use, stored }
}

function cycleOf(cycle: ReportCycle): Cycle {
  const { row, number, chargeCurve, relaxation, dischargeCapacity_Ah, use, stored } = cycle
  return {
    row,
    number,
    chargeCurve:
      chargeCurve === null
        ? null
        : {
            from: chargeCurve.from_V,
            to: chargeCurve.to_V,
            charge: Float64Array.from(chargeCurve.charge_Ah),
          },
    relaxation:
      relaxation === null
        ? null
        : {
            time: relaxation.time_s === null ? null : Float64Array.from(relaxation.time_s),
            voltage: Float64Array.from(relaxation.voltage_V),
          },
    dischargeCapacity: dischargeCapacity_Ah,
    use: { ...use, before: use.before ?? null },
    stored,
  }
}
