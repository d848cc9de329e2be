import { inferenceItem, type InferenceMachine } from './inferenceMachine.ts'
import type { Work } from './team.ts'
import { backwardItem, forwardItem, gradientItem } from './trainingItems.ts'
import type { TrainingMachine } from './trainingMachine.ts'

/** What a team can be asked to do; a phase's items are independent of each other. */
export const phases = { forward: 0, backward: 1, gradients: 2, inference: 3 } as const

export interface Machines {
  readonly training?: TrainingMachine
  readonly inference?: InferenceMachine
}

/** A thread's way to do every phase that its machines allow. */
export function workOf({ training, inference }: Machines): Work {
  const byPhase: (((item: number) => void) | undefined)[] = []
  if (training !== undefined) {
    byPhase[phases.forward] = (item) => forwardItem(training, item)
    byPhase[phases.backward] = (item) => backwardItem(training, item)
    byPhase[phases.gradients] = (item) => gradientItem(training, item)
  }
  if (inference !== undefined) byPhase[phases.inference] = (item) => inferenceItem(inference, item)
  return (phase, item) => {
    const work = byPhase[phase]
    if (work === undefined) throw new Error(`No machine for phase ${phase}.`)
    work(item)
  }
}
