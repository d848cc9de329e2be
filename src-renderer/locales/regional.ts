/** How numbers and moments are written for one reader. Digits are Latin and the calendar is Gregorian everywhere. */
export interface Writing {
  /** Tells one writing from another. */
  readonly name: string
  readonly decimal: string
  /** A plain decimal number (`−12345.60`) with the same digits; grouped from five digits before the decimal sign on. */
  readonly number: (plain: string) => string
  /** A whole number of things, grouped as the region does it. */
  readonly count: (count: number) => string
  /** ISO moment -> its day here. */
  readonly day: (moment: string) => string
  /** ISO moment -> its day and time here. */
  readonly moment: (moment: string) => string
  /** Names in order, numbers in them by value. */
  readonly compare: (a: string, b: string) => number
}

/** `12,345.6` and `2026-11-28 16:05`, wherever the reader is. */
export const international: Writing = {
  ...numbersOf('en'),
  name: 'international',
  day: by(new Intl.DateTimeFormat('sv-SE', dayOptions({ dateStyle: 'short' }))),
  moment: by(new Intl.DateTimeFormat('sv-SE', dayOptions({ dateStyle: 'short', timeStyle: 'short' }))),
}

/** As a region writes; the international way where none of the locales is known. */
export function regional(locales: readonly string[]): Writing {
  const locale = locales.find(isKnown)
  return locale === undefined ? international : { ...numbersOf(locale), ...datesOf(locale) }
}

function isKnown(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0
  } catch {
    return false
  }
}

function numbersOf(locale: string): Pick<Writing, 'name' | 'decimal' | 'number' | 'count' | 'compare'> {
  const whole = new Intl.NumberFormat(locale, { numberingSystem: 'latn' })
  const decimal = decimalOf(locale)
  const grouped: Intl.NumberFormat[] = []
  const withDecimals = (decimals: number): Intl.NumberFormat =>
    (grouped[decimals] ??= new Intl.NumberFormat(locale, {
      numberingSystem: 'latn',
      useGrouping: 'min2',
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }))
  return {
    name: locale,
    decimal,
    number: (plain) => {
      const [, sign = '', size, decimals = ''] = /^(\D?)(\d+(?:\.(\d+))?)$/.exec(plain) ?? []
      // A power of ten, or no number.
      if (size === undefined) return plain.replace('.', decimal)
      return sign + withDecimals(decimals.length).format(Number(size))
    },
    count: (count) => whole.format(count),
    compare: new Intl.Collator(locale, { numeric: true }).compare,
  }
}

function decimalOf(locale: string): string {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(0.5)
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.'
}

function datesOf(locale: string): Pick<Writing, 'day' | 'moment'> {
  const medium = new Intl.DateTimeFormat(locale, dayOptions({ dateStyle: 'medium' }))
  if (!isAmbiguous(medium))
    return {
      day: by(medium),
      moment: by(new Intl.DateTimeFormat(locale, dayOptions({ dateStyle: 'medium', timeStyle: 'short' }))),
    }
  const named = { year: 'numeric', month: 'short', day: 'numeric' } as const
  // Portugal's short months are digits too.
  const isNamed = !isAmbiguous(new Intl.DateTimeFormat(locale, dayOptions(named)))
  const day = isNamed ? named : ({ ...named, month: 'long' } as const)
  const time = { hour: 'numeric', minute: '2-digit' } as const
  return {
    day: by(new Intl.DateTimeFormat(locale, dayOptions(day))),
    moment: by(new Intl.DateTimeFormat(locale, dayOptions({ ...day, ...time }))),
  }
}

function dayOptions(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions {
  return { ...options, calendar: 'gregory', numberingSystem: 'latn' }
}

/** Whether day and month could be taken for each other: both are digits, neither after the year nor between points. */
function isAmbiguous(format: Intl.DateTimeFormat): boolean {
  const parts = format.formatToParts(new Date(2026, 10, 8))
  const month = parts.find(({ type }) => type === 'month')?.value ?? ''
  const first = parts.find(({ type }) => type !== 'literal')?.type
  const isPointed = parts.some(({ type, value }) => type === 'literal' && value.includes('.'))
  return /^\d+$/.test(month) && first !== 'year' && !isPointed
}

/** Month names that are written from right to left stay together within the English sentence around them. */
function by(format: Intl.DateTimeFormat): (moment: string) => string {
  return (moment) => {
    const text = format.format(new Date(moment))
    return /[\u0590-\u08FF]/.test(text) ? `\u2068${text}\u2069` : text
  }
}
