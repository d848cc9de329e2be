import type { AmpereHour, Celsius, CRate, Fraction, Volt, WattHour } from './quantities.ts'
import { written } from './writing.ts'

// The one way out for numbers: every label carries its unit, at most four significant digits and a true minus; the
// decimal sign is a point, or in the window that of its reader (writing.ts).

/** Up to four significant digits without trailing zeros: for ratings, limits and axes. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return 'unknown'
  return written(String(Number(fourDigits(value))))
}

/** Four significant digits, trailing zeros kept, because they were measured. */
export function formatMeasured(value: number): string {
  if (!Number.isFinite(value)) return 'unknown'
  return written(fourDigits(value))
}

/** So many decimals, trailing zeros kept, that a column of them can be compared at a glance. */
export function formatFixed(value: number, decimals: number): string {
  return Number.isFinite(value) ? written(value.toFixed(decimals)) : 'unknown'
}

/** A computed or measured capacity: `3.012 Ah`. */
export function formatCapacity(value: AmpereHour | null): string {
  return withUnit(value, formatMeasured, 'Ah')
}

/** A rated capacity as its maker writes it: `3.5 Ah`. */
export function formatRating(value: AmpereHour | null): string {
  return withUnit(value, formatNumber, 'Ah')
}

/** A fraction as percent with one decimal: `83.4 %`. */
export function formatPercent(value: Fraction | null): string {
  return withUnit(value, percent, '%')
}

/** How likely something is, never certain: `74 %`, `> 99 %`. */
export function formatLikelihood(value: Fraction): string {
  return withUnit(value, (fraction) => (fraction > 0.99 ? '> 99' : String(Math.round(fraction * 100))), '%')
}

/** An error as percent with its sign and two decimals, which small ones need: `+0.42 %`. */
export function formatError(value: Fraction | null): string {
  return withUnit(
    value,
    (fraction) => {
      const text = (fraction * 100).toFixed(2)
      if (Number(text) === 0) return written('0.00')
      return `${fraction > 0 ? '+' : ''}${written(text)}`
    },
    '%',
  )
}

/** The size of an error as percent with two decimals: `0.42 %`. */
export function formatErrorSize(value: Fraction | null): string {
  return withUnit(value, (fraction) => formatFixed(Math.abs(fraction * 100), 2), '%')
}

/** A fraction that someone chose, without a trailing zero: `80 %`. */
export function formatThreshold(value: Fraction): string {
  return withUnit(value * 100, (number) => formatNumber(rounded(number, 1)), '%')
}

export function formatRate(value: CRate | null): string {
  return withUnit(value, formatNumber, 'C')
}

export function formatTemperature(value: Celsius | null): string {
  return withUnit(value, formatNumber, '°C')
}

export function formatVoltage(value: Volt | null): string {
  return withUnit(value, formatNumber, 'V')
}

/** `1 cycle`, `96 cycles`; a whole number, never in powers of ten. */
export function formatCycles(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return 'unknown'
  return formatCount(Math.round(value), 'cycle')
}

/** A counted noun: `1 sample`, `14 samples`. */
export function formatCount(count: number, noun: string): string {
  return `${written(String(count))} ${count === 1 ? noun : `${noun}s`}`
}

/** Cycles until a threshold, where null means that the forecast does not reach it. */
export function formatCyclesAhead(value: number | null): string {
  return value === null ? 'not within the horizon' : formatCycles(value)
}

/** `2.874–2.961 Ah`: both ends with the same decimals. */
export function formatCapacityInterval(low: AmpereHour, high: AmpereHour): string {
  const decimals = decimalsOf(Math.max(Math.abs(low), Math.abs(high)))
  return `${formatSpan(low, high, decimals)} Ah`
}

/** A computed or measured energy: `10.84 Wh`. */
export function formatEnergy(value: WattHour | null): string {
  return withUnit(value, formatMeasured, 'Wh')
}

/** `10.71–10.98 Wh`. */
export function formatEnergyInterval(low: WattHour, high: WattHour): string {
  const decimals = decimalsOf(Math.max(Math.abs(low), Math.abs(high)))
  return `${formatSpan(low, high, decimals)} Wh`
}

/** `82.1–84.6 %`. */
export function formatPercentInterval(low: Fraction, high: Fraction): string {
  return `${formatSpan(low * 100, high * 100, 1)} %`
}

/** `3.6–4.15 V`. */
export function formatVoltageWindow(from: Volt | null, to: Volt | null): string {
  if (from === null || to === null) return 'unknown'
  return `${formatNumber(from)}–${formatNumber(to)} V`
}

/** Bytes in decimal units, as file managers of today show them: `1.2 MB`. */
export function formatBytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  const power = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3)))
  const decimals = power === 0 ? 0 : 1
  return `${formatFixed(value / 1000 ** power, decimals)} ${units[power] ?? 'B'}`
}

function formatSpan(low: number, high: number, decimals: number): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return 'unknown'
  const [from, to] = [written(low.toFixed(decimals)), written(high.toFixed(decimals))]
  return low < 0 || high < 0 ? `${from} to ${to}` : `${from}–${to}`
}

function withUnit(value: number | null, format: (value: number) => string, unit: string): string {
  if (value === null || !Number.isFinite(value)) return 'unknown'
  return `${format(value)} ${unit}`
}

function percent(value: Fraction): string {
  return written((value * 100).toFixed(1))
}

function fourDigits(value: number): string {
  const size = Math.abs(value)
  if (size >= 10_000) return String(Math.round(value))
  return value.toPrecision(4)
}

function decimalsOf(size: number): number {
  if (!(size > 0)) return 3
  return Math.max(0, Math.min(6, 3 - Math.floor(Math.log10(size))))
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
