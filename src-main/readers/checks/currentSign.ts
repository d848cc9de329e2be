import type { Finding } from '../../../src-shared/cell/finding.ts'

interface Signals {
  readonly voltage: number
  readonly current: number
  readonly line: number
}

/** A voltage that moved by this much in all, V, tells which way the current flows. */
const telling = 0.3
/** What a short charge rises by, V. */
const leastRise = 0.02
/** What moves the other way under a right sign: noise, pulses, the end of a held voltage. */
const stray = 0.1

/**
 * Holds the sign of the current against the voltage, which rises while a cell is charged and falls while it is
 * discharged. The first row of each run of one sign is left out: it may still show the voltage before the switch.
 */
export interface SignCheck {
  row(row: Signals): void
  /** True where the voltage rises under a current that is never negative, and hardly falls: it is a charge. */
  isCharge(): boolean
  end(): Finding[]
}

export function currentSign(column: string): SignCheck {
  const moved = { with: 0, against: 0 }
  let run = { sign: 0, rows: 0, from: Number.NaN, to: Number.NaN }
  let againstLine: number | null = null
  let hasDischarge = false
  let runLine = 0
  const close = () => {
    const rise = (run.to - run.from) * run.sign
    if (rise > 0) moved.with += rise
    else if (rise < 0) {
      moved.against -= rise
      if (-rise > stray) againstLine ??= runLine
    }
  }
  return {
    row({ voltage, current, line }) {
      const sign = Math.sign(current)
      if (sign < 0) hasDischarge = true
      if (sign !== run.sign) {
        close()
        run = { sign, rows: 0, from: Number.NaN, to: Number.NaN }
        runLine = line
      }
      run.rows++
      if (run.rows === 2) run.from = voltage
      if (run.rows >= 2) run.to = voltage
    },
    isCharge() {
      const rise = run.rows < 2 ? 0 : Math.max(0, run.to - run.from) * run.sign
      return !hasDischarge && moved.with + rise > leastRise && moved.against < stray * (moved.with + rise)
    },
    end() {
      close()
      if (againstLine === null || moved.against < telling) return []
      const place = { isDoubt: true, line: againstLine, column } as const
      if (moved.with < stray * moved.against) return [turned(place, moved.against)]
      return hasDischarge || moved.with < telling ? [] : [missing(place)]
    },
  }
}

type Place = Pick<Finding, 'isDoubt' | 'line' | 'column'>

function turned(place: Place, against: number): Finding {
  return {
    ...place,
    code: 'sign-turned',
    message: `The voltage falls by ${against.toFixed(2)} V in all while the current is positive, or rises while it is negative: discharge seems to count as positive.`,
    proposal: 'Turn the sign of the current, or export charge as positive.',
    repair: 'invert-current',
  }
}

function missing(place: Place): Finding {
  return {
    ...place,
    code: 'sign-missing',
    message:
      'The current is never negative, yet the voltage falls under it: charge and discharge have one sign.',
    proposal: 'Export the current with its sign, or with a column that tells charge from discharge.',
  }
}
