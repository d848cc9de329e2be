import type { Assessment } from '../../src-shared/forecast/assessment.ts'
import { t } from '../locales/en.ts'

/** Cycles until the threshold at one confidence: `now`, `31`, or `> 49` where the horizon ends first. */
export function cyclesAhead({ endOfLife, trajectory }: Assessment, p: 'p10' | 'p50' | 'p90'): string {
  const cycles = endOfLife[p]
  if (cycles === null) return `> ${String(trajectory.at(-1)?.cycle ?? 0)}`
  const whole = Math.round(cycles)
  return whole <= 0 ? t.cell.now : String(whole)
}
