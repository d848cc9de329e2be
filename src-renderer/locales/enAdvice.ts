/** Texts about the measurement that would help most. */
export const advice = {
  title: 'What would narrow it most',
  discharge: 'One full discharge that measures the capacity.',
  charge: (window: string) => `A charge over ${window}.`,
  chargeAndRest: (window: string) => `A charge over ${window} and the rest after it.`,
  narrower: (cycles: number, then: string, now: string) =>
    `The interval after ${cycles} cycles: ${then} wide instead of ${now}.`,
  others: (count: number) => (count === 1 ? '1 other measurement' : `${count} other measurements`),
  /** Outcomes are a grade, or a verdict in words. */
  grade: {
    leaves: (now: string) => `Grade: stays ${now}.`,
    settles: (now: string, then: string) => `Grade: ${now} now, settled by it: ${then}.`,
    'may-change': (now: string, then: string) => `Grade: ${now} now, may change: ${then}.`,
    unknown: (now: string) =>
      `Grade: ${now} now; whether it would change is unknown, as findings about the record decide.`,
  },
  likely: (outcome: string, percent: string) => `${outcome} ${percent}`,
} as const
