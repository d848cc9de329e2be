import type { InputConvention } from '../../../src-shared/forecast/package.ts'
import type { GateConstants, NetworkShape } from '../../../src-shared/network/shape.ts'

/** How much windows are changed at random before they are learned from. */
export interface Augmentation {
  /** Relative spread of the curve's gain: a current sensor's calibration. */
  readonly curveGain: number
  /** Spread of every curve point but the first, in the curve's unit. */
  readonly curveNoise: number
  /** Spread of the voltage offset in steps of the curve's grid. */
  readonly curveShift: number
  /** Common spread of the samples of a rest, 0.2 V; single ones have 0.3 of it. */
  readonly restNoise: number
  /** Spread added to standardised features. */
  readonly featureNoise: number
}

/** Everything that, with the cells and the seed, determines a training run. */
export interface TrainingSettings extends Augmentation {
  /**
   * `published`: as the authors' code does it: untouched curves, PyTorch's start, whole windows, the epoch chosen by
   * their loss; no interval and no domain, for their lists hold cells twice.
   *
   * `evidence`: present capacity by regression on the evidence, a causal network for what the planned use takes off it,
   * intervals from groups of cells left out.
   */
  readonly recipe: 'joint' | 'published' | 'evidence'
  readonly network: NetworkShape & GateConstants
  readonly input: InputConvention
  readonly epochs: number
  /** Epochs without a better one after which the run ends; 0 = never. */
  readonly patience: number
  /** Windows drawn in an epoch; 0 = every window once, shuffled. */
  readonly windowsPerEpoch: number
  /** First windows of a cell that are used (published recipe); 0 = all. */
  readonly windowsPerCell: number
  readonly batch: number
  /** The rate falls from the first to the last along half a cosine. */
  readonly learningRate: number
  readonly lastLearningRate: number
  readonly weightDecay: number
  readonly diversityWeight: number
  /** Weight of the bends of a predicted trajectory under held use; 0 in the published loss. */
  readonly roughnessWeight: number
  /** Weight of rises of a predicted trajectory under held use; 0 in the published loss. */
  readonly riseWeight: number
  /** Weight of step 0, the present capacity, on which every later step is set; the others count 1. */
  readonly firstStepWeight: number
  /** Error beyond which it counts by its size, not its square; 0 = never, as published. */
  readonly huber: number
  /** Share of windows whose use is exchanged from a random step on. */
  readonly planChange: number
  /** Share of the old value in the running average of the parameters, per iteration; 0 = no average. */
  readonly averaging: number
  /** Validation windows per condition and epoch; 0 = all. */
  readonly validationWindows: number
}

/** The settings as one flat record for the manifest. */
export function settingsRecord(settings: TrainingSettings): Record<string, number | string> {
  const { network, input, ...rest } = settings
  return { ...rest, convention: input.kind, hiddenUnits: network.U, experts: network.E, horizon: network.T }
}
