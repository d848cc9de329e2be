import type { Work } from './team.ts'
import { backwardItem, forwardItem, gradientItem } from './trainingItems.ts'
import type { TrainingMachine } from './trainingMachine.ts'

export const phases = { forward: 0, backward: 1, gradients: 2, inference: 3 } as const

export interface Machines {
  readonly training?: TrainingMachine
}

export function workOf({ training }: Machines): Work {
  return (phase, item) => {
    if (training === undefined) return
    if (phase === phases.forward) forwardItem(training, item)
    else if (phase === phases.backward) backwardItem(training, item)
    else gradientItem(training, item)
  }
}
