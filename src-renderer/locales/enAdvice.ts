/** Texts about the measurement that would help most. */
export const advice = {
  title: 'What would narrow it most',
  discharge: 'One full discharge that measures the capacity.',
  charge: (window: string) => `A charge over ${window}.`,
  chargeAndRest: (window: string) => `A charge over ${window} and the rest after it.`,
  narrower: (cycles: number, then: string, now: string) =>
    `The interval after ${cycles} cycles: ${then} wide instead of ${now}.`,
} as const
