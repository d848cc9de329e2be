import type { CellTypeEvidence } from '../../src-shared/evidence/cellTypeEvidence.ts'
import type { Layer, Perceptron } from '../../src-shared/evidence/perceptron.ts'
import {
  useLength,
  type PresentCorrection,
  type PresentPerceptron,
} from '../../src-shared/evidence/presentCapacity.ts'
import { expertInputs } from '../../src-shared/evidence/networkAxes.ts'
import { signalsLength } from '../../src-shared/evidence/signals.ts'
import { stateLength } from '../../src-shared/evidence/state.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { EvidenceSummary } from '../../src-shared/forecast/package.ts'
import type { Tensor } from './pytorchCheckpoint.ts'
import { readSafetensors, writeSafetensors } from './safetensors.ts'

type TypeSummary = EvidenceSummary['types'][number]
type PerceptronSummary = NonNullable<TypeSummary['perceptron']>

/** Kept states, their spread, the heads' weights and the network's axes of every cell type, as safetensors. */
export function evidenceBytes(types: readonly CellTypeEvidence[]): Uint8Array {
  return writeSafetensors({ tensors: evidenceTensors(types), metadata: {} })
}

export function evidenceTensors(types: readonly CellTypeEvidence[]): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>()
  types.forEach(({ present, axes }, i) => {
    const put: Put = (name, width, values) => {
      tensors.set(`${i}.${name}`, {
        sizes: width === 0 ? [values.length] : [values.length / width, width],
        values: Float32Array.from(values),
      })
    }
    put('spread.mean', 0, present.spread.mean)
    put('spread.covariance', stateLength, present.spread.covariance)
    put('states', stateLength, present.states)
    put('uses', useLength, present.uses)
    present.heads.forEach(({ weights }, h) => put(`heads.${h}`, 0, weights))
    present.fades.forEach(({ weights }, f) => put(`fades.${f}`, 0, weights))
    if (present.perceptron !== undefined) putPerceptron(put, present.perceptron.network)
    const { correction } = present
    if (correction !== undefined) {
      put('own.states', stateLength, correction.states)
      put('own.uses', useLength, correction.uses)
      correction.weights.forEach((weights, h) => put(`own.heads.${h}`, 0, weights))
    }
    put('axes.typical', signalsLength, axes.typical)
    put('axes.scale', 0, axes.scale)
    put('axes.featureTypical', axes.featureScale.length, axes.featureTypical)
    put('axes.featureScale', 0, axes.featureScale)
  })
  return tensors
}

type Put = (name: string, width: number, values: ArrayLike<number>) => void

function putPerceptron(put: Put, { mean, scale, layers, basis }: Perceptron): void {
  put('perceptron.mean', 0, mean)
  put('perceptron.scale', 0, scale)
  layers.forEach(({ weights, bias }, l) => {
    put(`perceptron.${l}.weights`, bias.length, weights)
    put(`perceptron.${l}.bias`, 0, bias)
  })
  put('perceptron.basis', basis.length / (layers[2].bias.length - 1), basis)
}

function perceptronSummary({ network, presentShare, fadeShare }: PresentPerceptron): PerceptronSummary {
  const { layers, level, spread, basis } = network
  const outputs = layers[2].bias.length
  return {
    units: layers[0].bias.length,
    outputs,
    steps: basis.length / (outputs - 1),
    level,
    spread,
    presentShare,
    fadeShare,
  }
}

function perceptronOf(
  { units, outputs, steps, level, spread, presentShare, fadeShare }: PerceptronSummary,
  take: Take,
): PresentPerceptron {
  const mean = take('perceptron.mean', null)
  const layer = (l: number, from: number, to: number): Layer => ({
    weights: take(`perceptron.${l}.weights`, from * to),
    bias: take(`perceptron.${l}.bias`, to),
  })
  const network = {
    mean,
    scale: take('perceptron.scale', mean.length),
    layers: [layer(0, mean.length, units), layer(1, units, units), layer(2, units, outputs)] as const,
    level,
    spread,
    basis: take('perceptron.basis', (outputs - 1) * steps),
  }
  return { network, presentShare, fadeShare }
}

export function evidenceSummary(types: readonly CellTypeEvidence[]): EvidenceSummary['types'] {
  return types.map(({ label, chemistry, nominalCapacity_Ah, present, losses, features }) => ({
    label,
    chemistry,
    nominalCapacity_Ah,
    grid: present.grid,
    heads: present.heads.map(({ window, level, error, surpriseLimit }) => ({
      window,
      level,
      error,
      surpriseLimit,
    })),
    fades: present.fades.map(({ step, level }) => ({ step, level })),
    fadeShare: present.fadeShare,
    ...(losses === undefined ? {} : { losses }),
    ...(present.hiddenBeforeError > 0 ? { hiddenBeforeError: present.hiddenBeforeError } : {}),
    features,
    ...(present.perceptron === undefined ? {} : { perceptron: perceptronSummary(present.perceptron) }),
    ...(present.correction === undefined ? {} : { own: present.correction.uses.length / useLength }),
  }))
}

/** Throws `weights-damaged` where a tensor is missing or has another size. */
export function evidenceFrom(bytes: Uint8Array, summary: EvidenceSummary): CellTypeEvidence[] {
  return evidenceOfTensors(readSafetensors(bytes).tensors, summary)
}

/** As `evidenceFrom`, from tensors by their names. */
export function evidenceOfTensors(
  tensors: ReadonlyMap<string, Tensor>,
  summary: EvidenceSummary,
): CellTypeEvidence[] {
  return summary.types.map((type, i) => typeEvidence(type, reader(tensors, i)))
}

type Take = (name: string, length: number | null) => Float32Array

function reader(tensors: ReadonlyMap<string, Tensor>, i: number): Take {
  return (name, length) => {
    const values = tensors.get(`${i}.${name}`)?.values
    if (values !== undefined && (length === null || values.length === length)) return values
    throw new Failure(
      'refused',
      'weights-damaged',
      `The evidence lacks ${i}.${name}, or it has another size.`,
      {
        advice: 'Copy the model package again, or train it again.',
      },
    )
  }
}

function correctionOf({ heads }: TypeSummary, own: number, take: Take): PresentCorrection {
  return {
    states: take('own.states', own * stateLength),
    uses: usesOf(take, 'own.uses', own),
    weights: heads.map((_, h) => take(`own.heads.${h}`, own)),
  }
}

/** (M,4). Older packages keep (M,3): nothing of the discharge before, hence 0. */
function usesOf(take: Take, name: string, count: number): Float32Array {
  const known = useLength - 1
  const values = take(name, null)
  if (values.length !== count * known) return take(name, count * useLength)
  const uses = new Float32Array(count * useLength)
  for (let m = 0; m < count; m++) uses.set(values.subarray(m * known, (m + 1) * known), m * useLength)
  return uses
}

function typeEvidence(type: TypeSummary, take: Take): CellTypeEvidence {
  const states = take('states', null)
  const kept = states.length / stateLength
  const F = type.features.low.length
  return {
    label: type.label,
    chemistry: type.chemistry,
    nominalCapacity_Ah: type.nominalCapacity_Ah,
    present: {
      grid: type.grid,
      spread: {
        mean: Float64Array.from(take('spread.mean', stateLength)),
        covariance: Float64Array.from(take('spread.covariance', stateLength ** 2)),
      },
      states,
      uses: usesOf(take, 'uses', kept),
      heads: type.heads.map((head, h) => ({ ...head, weights: take(`heads.${h}`, kept) })),
      fades: type.fades.map((fade, f) => ({ ...fade, weights: take(`fades.${f}`, kept) })),
      fadeShare: type.fadeShare,
      ...(type.perceptron === undefined ? {} : { perceptron: perceptronOf(type.perceptron, take) }),
      hiddenBeforeError: type.hiddenBeforeError ?? 0,
      ...(type.own === undefined ? {} : { correction: correctionOf(type, type.own, take) }),
    },
    axes: {
      typical: take('axes.typical', 10 * signalsLength),
      scale: take('axes.scale', expertInputs - 1),
      featureTypical: take('axes.featureTypical', 6 * F),
      featureScale: take('axes.featureScale', F),
    },
    ...(type.losses === undefined ? {} : { losses: type.losses }),
    features: type.features,
  }
}
