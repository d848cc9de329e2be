import type { CellTypeEvidence } from '../evidence/cellTypeEvidence.ts'
import type { Perceptron } from '../evidence/perceptron.ts'
import type { FadeHead, kernelName, PresentHead, PresentPerceptron } from '../evidence/presentCapacity.ts'
import type { TypicalLoss } from '../evidence/typicalLoss.ts'
import type { VoltageGrid } from '../evidence/state.ts'
import type { GateConstants, NetworkForward, NetworkShape, Parameters } from '../network/shape.ts'
import type { AmpereHour, Celsius, CRate, Fraction, Volt } from '../units/quantities.ts'

/** Mean and scale of each network feature over the training windows (population σ; σ = 0 counts as 1). */
export interface Scaler {
  readonly mean: readonly number[]
  readonly scale: readonly number[]
}

/**
 * How a cycle becomes network input.
 *
 * `legacy`: the published networks: curve in Ah, stored currents unscaled, output in Ah, never refuses.
 * `joint`: curve and output relative to the rated capacity, true C-rates and °C scaled by `use`.
 * `evidence`: what a cycle shows beyond typical cells of its type (`evidence/networkAxes.ts`); the output is what the
 * planned use takes off the present capacity, relative to the rated one.
 */
export interface InputConvention {
  readonly kind: 'legacy' | 'joint' | 'evidence'
  /** 12 with relaxation, 6 without. */
  readonly features: 12 | 6
  /** Unit in which curve features enter the scaler. */
  readonly curveUnit: 'Ah' | 'mAh'
  /** Scaling of (charge, discharge, temperature); identity for legacy. */
  readonly use: Scaler
}

export interface TrainedCondition {
  readonly name: string
  /** Label of the cell type that went through it; absent: of the only one. */
  readonly type?: string | undefined
  readonly charge_rate: CRate
  readonly discharge_rate: CRate
  readonly temperature_degC: Celsius
  readonly cells: number
  /** (T) lowest state of health from which a cell was followed so many steps; absent: not recorded. */
  readonly followedFrom?: readonly Fraction[] | undefined
}

export interface TrainedCellType {
  readonly label: string
  readonly chemistry: string
  readonly nominalCapacity_Ah: AmpereHour
}

/** What the package was trained on, and so what it may answer. */
export interface TrainedDomain {
  readonly cellTypes: readonly TrainedCellType[]
  readonly conditions: readonly TrainedCondition[]
  /** Whether any trained cell changed its use on the way; absent: none did. */
  readonly hasChangingUse?: boolean | undefined
  /** Charge-curve window; null where unknown. */
  readonly window: { readonly from: Volt; readonly to: Volt } | null
  /** Least and greatest of each feature over the training windows. */
  readonly features: { readonly low: readonly number[]; readonly high: readonly number[] }
  /** Present capacity relative to rated over the training windows. */
  readonly stateOfHealth: { readonly low: Fraction; readonly high: Fraction }
}

/** How far off forecasts were on cells of one type and use that were left out. */
export interface ConditionError {
  /** Label of the cell type. */
  readonly type: string
  readonly charge_rate: CRate
  readonly discharge_rate: CRate
  readonly temperature_degC: Celsius
  /** Cells that it comes from. */
  readonly cells: number
  /** (T) mean absolute error relative to the rated capacity, never falling. */
  readonly error: readonly Fraction[]
}

/**
 * Cross-cell conformal interval: half-width at step t = score[t] · unit[t], where the unit is the error of comparable
 * cells, or without those base · rated capacity + slope · |fade since step 0|.
 */
export interface IntervalTable {
  readonly level: Fraction
  readonly base: Fraction
  readonly slope: number
  /** (T) */
  readonly score: readonly number[]
  /** Number of cells, none of them trained on, that the scores come from. */
  readonly cells: number
  /** Share of calibration values inside, for the card. */
  readonly coverage: Fraction
  /** 90 % interval of that share over samples of the cells. */
  readonly coverageRange?: readonly [Fraction, Fraction] | undefined
  readonly conditions?: readonly ConditionError[] | undefined
}

/**
 * What one expert of the gate does, measured over networks that were trained with other cells left out and other seeds.
 * A mode has a name only where the experts of all of them can be matched.
 */
export interface DegradationMode {
  /** Mean gate weight over the sampled rows. */
  readonly weight: Fraction
  /** Mean and least correlation of its gate weight with that of the matched expert of each other network. */
  readonly stability: Fraction
  readonly leastStability: Fraction
  /** What the loss forecast is further off without it, on cells left out, relative to the rated capacity. */
  readonly removalCost: Fraction
  /** What it adds to the loss at the last step, relative to the rated capacity; negative: it speeds the fade. */
  readonly effect: Fraction
  /** Mean rank correlation of its weight with the state of health within a cell, and the p-value of sign flips by cell. */
  readonly healthCorrelation: number
  readonly healthP: Fraction
  /** By what it does to the trajectory's shape; null where it is not stable. */
  readonly name: string | null
}

/** What of the evidence a reader of the manifest needs: the windows that are enough. Its tensors stand in a file beside it. */
export interface EvidenceSummary {
  readonly sha256: string
  /** What its weights were learned for: another kernel makes other numbers of them. */
  readonly kernel: typeof kernelName
  readonly types: readonly {
    readonly label: string
    readonly chemistry: string
    readonly nominalCapacity_Ah: AmpereHour
    readonly grid: VoltageGrid
    readonly heads: readonly Omit<PresentHead, 'weights'>[]
    readonly fades: readonly Omit<FadeHead, 'weights'>[]
    readonly fadeShare: Fraction
    readonly losses?: readonly TypicalLoss[] | undefined
    /** Absent: 0. */
    readonly hiddenBeforeError?: Fraction | undefined
    readonly features: CellTypeEvidence['features']
    /** Absent: the regressions answer alone. */
    readonly perceptron?:
      | (Omit<PresentPerceptron, 'network'> &
          Pick<Perceptron, 'level' | 'spread'> & {
            readonly units: number
            /** The present capacity and the directions of the loss. */
            readonly outputs: number
            /** That the loss is told for. */
            readonly steps: number
          })
      | undefined
    /** Prototypes of its user's own cells; absent: it was not tuned. */
    readonly own?: number | undefined
  }[]
}

/** How a package was tuned on its user's own cells. Hashes of their records only: nothing that names a cell. */
export interface PackageTuning {
  readonly parent: { readonly name: string; readonly sha256: string }
  /** Label of the cell type. */
  readonly type: string
  readonly cells: number
  /** Prototypes that were added. */
  readonly prototypes: number
  /** Ridge weight: the greater, the weaker. */
  readonly ridge: number
  /** Hashes of the cells of this tuning and of those before it. */
  readonly data: readonly string[]
  /** Whether it was better than its parent on cells left out. */
  readonly isBetter: boolean
}

export interface DataFile {
  readonly path: string
  readonly sha256: string
  readonly role: 'train' | 'validation' | 'calibration'
}

/** manifest.json of a model package; the weights stand beside it in weights.safetensors. */
export interface Manifest {
  readonly schema: 'pimoe-model/1'
  readonly name: string
  readonly created: string
  readonly program: string
  /** True when any training data is simulated. */
  readonly simulated: boolean
  readonly network: NetworkShape & GateConstants
  readonly input: InputConvention
  /** Null when the checkpoint's scaler is unknown: features then enter unscaled. */
  readonly scaler: Scaler | null
  readonly domain: TrainedDomain | null
  readonly interval: IntervalTable | null
  /** One an expert; absent: not measured. */
  readonly modes?: readonly DegradationMode[] | undefined
  readonly training: {
    readonly preset: string
    readonly seed: number
    readonly epochs: number
    readonly settings: Readonly<Record<string, number | string>>
    readonly data: readonly DataFile[]
  } | null
  readonly metrics: Readonly<Record<string, number>> | null
  /** Of the last tuning; absent: it was trained, and not tuned. */
  readonly tuning?: PackageTuning | undefined
  /** Only where `input.kind` is `evidence`. */
  readonly evidence?: EvidenceSummary | undefined
  readonly weightsSha256: string
}

/** A trained model in memory: network, scaler, domain and interval as one value. */
export interface ModelPackage {
  readonly manifest: Manifest
  readonly parameters: Parameters
  /** One entry for each cell type; only where `input.kind` is `evidence`. */
  readonly evidence?: readonly CellTypeEvidence[]
  /** Hash of manifest and weights: the model's identity in every assessment. */
  readonly sha256: string
  /** What runs the network; absent: the reference. */
  readonly forward?: NetworkForward
}
