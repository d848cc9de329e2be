import type { Assessment } from '../../src-shared/forecast/assessment.ts'
import { t } from '../locales/en.ts'

/** Cycles until the threshold at one confidence: `now`, `31`, or `> 49` where the horizon ends first. */
export function cyclesAhead({ endOfLife, trajectory }: Assessment, p: 'p10' | 'p50' | 'p90'): string {
  return cyclesWithin(trajectory.at(-1)?.cycle ?? 0, endOfLife[p])
}

/** As `cyclesAhead`, of a forecast that reaches so many cycles. */
export function cyclesWithin(horizon: number, cycles: number | null): string {
  if (cycles === null) return `> ${String(horizon)}`
  const whole = Math.round(cycles)
  return whole <= 0 ? t.cell.now : String(whole)
}
