import { exp, tanh } from './exact.ts'

/**
 * Potential of the positive electrode against lithium, V, at stoichiometry y in Li_y(NCA)O2.
 *
 * A falling line with two flatter stretches (the H1–M and M–H2 regions of nickel-rich layered oxides) and a drop where
 * the host is full: the shape reported by Birkl et al., J. Electrochem. Soc. 162 (2015) A2271; numbers are our own.
 */
export function positivePotential(y: number): number {
  const line = 4.57 - 1.18 * y
  const plateaus = 0.024 * tanh((y - 0.36) / 0.055) + 0.03 * tanh((y - 0.66) / 0.075)
  return line + plateaus - 0.012 * exp((y - 0.9) / 0.028)
}

/**
 * Potential of the negative electrode against lithium, V, at stoichiometry x in Li_x C6.
 *
 * Dilute graphite falls steeply, then two steps part the stages 3–2 and 2–1: the sum of exponentials and hyperbolic
 * tangents of Safari and Delacourt, J. Electrochem. Soc. 158 (2011) A562; numbers are our own.
 */
export function negativePotential(x: number): number {
  const dilute = 0.75 * exp(-x / 0.017) + 0.1 * exp(-x / 0.09)
  const stages = 0.017 * (1 - tanh((x - 0.2) / 0.035)) + 0.019 * (1 - tanh((x - stageTwoToOne) / 0.022))
  return 0.083 + dilute + stages - 0.02 * exp((x - 1) / 0.03)
}

/** Stoichiometry of graphite where stage 2 gives way to stage 1: the marker that ageing moves. */
export const stageTwoToOne = 0.53
