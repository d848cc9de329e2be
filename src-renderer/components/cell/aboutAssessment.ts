import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { t } from '../../locales/en.ts'

/** Cell, plan and model of an answer, for a figure that leaves the window. */
export function aboutAssessment({ cell, cycle, scenario, model }: Assessment): string {
  return [cell, t.cell.cycleItem(cycle), scenario.name, t.frame.model(model.name)].join(' · ')
}
