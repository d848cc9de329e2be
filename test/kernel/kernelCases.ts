import type { kernelNames } from '../../src-main/kernels/loadKernels.ts'
import type { KernelCase } from './kernelBench.ts'
import { recurrentCases } from './recurrentCases.ts'
import { ridgeCases } from './ridgeCases.ts'
import { routingCases } from './routingCases.ts'

/** Every kernel: one that is added without a case does not compile. */
export const kernelCases: Record<(typeof kernelNames)[number], KernelCase> = {
  ...routingCases,
  ...recurrentCases,
  ...ridgeCases,
}
