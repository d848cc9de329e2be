import type { PlanQuantity } from '../../../src-shared/chart/plan.ts'
import { formatRate, formatTemperature } from '../../../src-shared/units/labels.ts'
import { t } from '../../locales/en.ts'
import { limits } from '../limits.ts'

/** How a quantity of a block is named, written and moved by hand. */
export const quantities = {
  charge_rate: {
    title: t.scenarios.lanes.charge,
    unit: 'C',
    format: formatRate,
    step: 0.05,
    large: 5,
    least: 0.05,
    most: limits.rate.most,
  },
  discharge_rate: {
    title: t.scenarios.lanes.discharge,
    unit: 'C',
    format: formatRate,
    step: 0.05,
    large: 5,
    least: 0.05,
    most: limits.rate.most,
  },
  temperature_degC: {
    title: t.scenarios.lanes.temperature,
    unit: '°C',
    format: formatTemperature,
    step: 1,
    large: 5,
    least: limits.temperature_degC.least,
    most: limits.temperature_degC.most,
  },
} as const satisfies Record<PlanQuantity, object>

/** The value on the quantity's own steps and within its limits. */
export function onStep(quantity: PlanQuantity, value: number): number {
  const { step, least, most } = quantities[quantity]
  return Math.min(most, Math.max(least, Number((Math.round(value / step) * step).toFixed(2))))
}
