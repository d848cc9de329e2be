export type ScaledSignal = 'voltage' | 'current' | 'time' | 'charge'

/**
 * A change of a record's rows that a user may accept, as it is written on the command line and kept with the record.
 *
 * `charge-times-…` is of the charge that the file counted itself, `drop-late-rows` leaves out rows whose time steps back, `continue-time` goes on counting where it restarts,
 * `drop-spikes` leaves out single samples that no cell can give, and `as-recorded` trusts the numbers as they stand.
 */
export type Repair =
  | `${ScaledSignal}-times-${number}`
  | 'invert-current'
  | 'drop-late-rows'
  | 'continue-time'
  | 'drop-duplicates'
  | 'drop-spikes'
  | 'as-recorded'

const sentences: Readonly<Record<string, string>> = {
  'invert-current': 'Turn the sign of the current.',
  'drop-late-rows': 'Leave out the rows whose time steps back.',
  'continue-time': 'Go on counting where the time restarts.',
  'drop-duplicates': 'Leave out rows that repeat the one above.',
  'drop-spikes': 'Leave out the single samples that jump away and back.',
  'as-recorded': 'Trust the numbers as they stand.',
}

export function isRepair(text: string): text is Repair {
  const factor = Number(scaleParts(text)?.[2])
  return Object.hasOwn(sentences, text) || (Number.isFinite(factor) && factor > 0)
}

/** What a repair does, one sentence. */
export function repairSentence(repair: Repair): string {
  const [, signal = '', factor = ''] = scaleParts(repair) ?? []
  return signal === '' ? sentences[repair] : `Multiply the ${signal} by ${factor}.`
}

/** What a signal must be multiplied by under the accepted repairs; a turned sign counts as −1. */
export function repairFactor(repairs: readonly Repair[], signal: ScaledSignal): number {
  const factors = repairs.map((repair) => {
    const [, scaled, factor] = scaleParts(repair) ?? []
    if (scaled === signal) return Number(factor)
    return signal === 'current' && repair === 'invert-current' ? -1 : 1
  })
  return factors.reduce((product, factor) => product * factor, 1)
}

function scaleParts(text: string): RegExpExecArray | null {
  return /^(voltage|current|time|charge)-times-(\d+(?:\.\d+)?(?:e-?\d+)?)$/.exec(text)
}
