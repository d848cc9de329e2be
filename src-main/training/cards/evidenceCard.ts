import type { CellTypeEvidence } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import { tellsBefore, useLength } from '../../../src-shared/evidence/presentCapacity.ts'
import type { Manifest } from '../../../src-shared/forecast/package.ts'
import { countParameters } from '../../../src-shared/network/parameters.ts'
import type { Evaluation } from '../judging/evaluate.ts'

export interface EvidenceCardSource {
  readonly manifest: Omit<Manifest, 'weightsSha256'>
  readonly types: readonly CellTypeEvidence[]
  readonly conditions: Evaluation['conditions']
  readonly notes: readonly string[]
}

/** The page a person reads before trusting a model on evidence. */
export function evidenceCard(source: EvidenceCardSource): string {
  const { manifest } = source
  return [
    `# ${manifest.name}`,
    ...(manifest.simulated
      ? ['', '**SIMULATED**: trained on simulated cells. For trying the program, not for judging batteries.']
      : []),
    '',
    ...whatItIs(source),
    '',
    ...whatItSaw(source),
    '',
    ...howItScored(source.conditions),
    '',
    ...howSure(manifest),
    '',
    ...whatTheExpertsDo(manifest),
    '',
    ...whereItEnds(source),
    '',
  ].join('\n')
}

function whatItIs({ manifest: { network, training }, types }: EvidenceCardSource): string[] {
  const { T, F, E, U } = network
  const kept = types
    .map(({ present }) => present.uses.length / useLength)
    .reduce((sum, count) => sum + count, 0)
  return [
    '## What it is',
    'The present capacity comes from what was measured alone: kernel ridge regression on the charge curve, the logarithms of',
    `its increments and the rest on a time axis (${kept} prototypes, each the mean of three like rows), one head for each of ${types[0]?.present.heads.length ?? 0} windows.`,
    'Its kernel has a radial part, which answers between trained states, and a linear one, which goes on from them under a',
    'use that was never trained. What the planned use',
    `takes off it comes from PIMOE (arXiv 2506.17755): ${E} linear experts mixed by a gate that sees ${F} features, then a`,
    `recurrent layer of ${U} units that takes the plan, causal here: ${countParameters(network)} parameters, ${T} steps, beyond them it goes on from its`,
    'own forecast. Experts read how a cycle differs from typical ones of its health and use, so that a plan, not the',
    'condition of the measurement, shapes what follows. The regression is there because it beats the network alone at the',
    `present capacity by cross-validation; in what is lost under a held use it has the share that was best on cells left out:`,
    `${types.map(({ label, present }) => `${label} ${present.fadeShare}`).join(', ')}.`,
    'Under a planned use that is not the cell’s own but that others were trained in, it loses what those typically lost at',
    `its health, cycle by cycle (${counted(types)} uses): no cell ever changed its use.`,
    ...whatThePerceptronHas(types),
    `Seed ${training?.seed ?? '–'}.`,
  ]
}

function counted(types: readonly CellTypeEvidence[]): number {
  return types.reduce((sum, { losses = [] }) => sum + losses.length, 0)
}

function whatThePerceptronHas(types: readonly CellTypeEvidence[]): string[] {
  const all = types.flatMap(({ label, present: { perceptron } }) =>
    perceptron === undefined ? [] : [{ label, ...perceptron }],
  )
  if (all.length === 0) return []
  const shares = all.map((one) => `${one.label} ${one.presentShare} and ${one.fadeShare}`)
  const units = all[0].network.layers[0].bias.length
  return [
    `A perceptron of two hidden layers of ${units} units on the same signals answers beside the regression where that was better on`,
    `cells left out: its share of the present capacity, where the whole window was measured, and of the regressed loss is ${shares.join(', ')}.`,
  ]
}

function whatItSaw({ manifest: { domain, training }, notes }: EvidenceCardSource): string[] {
  const trained = training?.data.length ?? 0
  return [
    '## What it was trained on',
    `${trained} cells, all of them in the final training; a fifth of every condition was left out in each of five more.`,
    ...notes.map((note) => `* ${note}`),
    '',
    '| type | use | charge C | discharge C | °C | cells |',
    '|---|---|---|---|---|---|',
    ...(domain?.conditions ?? []).map(
      (c) =>
        `| ${c.type ?? ''} | ${c.name} | ${c.charge_rate} | ${c.discharge_rate} | ${c.temperature_degC} | ${c.cells} |`,
    ),
  ]
}

function howItScored(conditions: Evaluation['conditions']): string[] {
  const number = (value: number | null): string => (value === null ? '–' : value.toFixed(2))
  const percent = (value: number | null): string => (value === null ? '–' : (100 * value).toFixed(1))
  return [
    '## How it scored on cells left out',
    '| condition | horizon | MAPE % | present capacity % | last step % | worst window % | inside % | width % | cells | windows |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...conditions.map(
      (c) =>
        `| ${c.name} | ${c.horizon} | ${number(c.mape)} | ${number(c.step1Mape)} | ${number(c.lastStepMape)} | ${number(c.maxWindowMape)} | ${percent(c.coverage90)} | ${number(c.width90)} | ${c.cells.length} | ${c.windows} |`,
    ),
    'Five groups of cells, each judged by a model that never saw its cells. A use that only one cell was trained in (the table',
    'before) is judged by a model that never saw that use.',
  ]
}

function howSure({ interval }: Omit<Manifest, 'weightsSha256'>): string[] {
  if (interval === null) return ['## How sure it is', 'It has no interval.']
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`
  const [low, high] = interval.coverageRange ?? [NaN, NaN]
  return [
    '## How sure it is',
    `Interval of ${percent(interval.level)} from ${interval.cells} cells left out, for each type, use and step: it held`,
    `${percent(interval.coverage)} of their values (${percent(low)} to ${percent(high)} over samples of the cells). Where fewer than nine cells`,
    'compare the answer is tagged extrapolated; where the use was not trained the band is wider.',
  ]
}

function whatTheExpertsDo({ modes = [] }: Omit<Manifest, 'weightsSha256'>): string[] {
  const three = (value: number): string => value.toFixed(3)
  const percent = (value: number): string => (100 * value).toFixed(3)
  return [
    '## Degradation modes',
    '| expert | mean weight | stability (least) | error without it, % of rated | effect at the last step, % of rated | weight against health (p) | mode |',
    '|---|---|---|---|---|---|---|',
    ...modes.map(
      (mode, e) =>
        `| ${e + 1} | ${three(mode.weight)} | ${mode.stability.toFixed(2)} (${mode.leastStability.toFixed(2)}) | ${mode.removalCost < 0 ? '' : '+'}${percent(mode.removalCost)} | ${percent(mode.effect)} | ${mode.healthCorrelation.toFixed(2)} (${three(mode.healthP)}) | ${mode.name ?? 'not stable'} |`,
    ),
    'Stability: correlation of an expert’s gate weight with that of its match (Hungarian method) in five networks trained with',
    'other cells left out and from other seeds. Without an expert the others have its share; the error is that of the loss on',
    'cells left out. Weight against health: mean rank correlation within a cell, p by flipping signs of whole cells. A mode is',
    'named by what it does to the trajectory, where its mean stability is 0.8 or more and the least 0.6.',
  ]
}

function withoutBefore({ label, present }: CellTypeEvidence): string {
  const added = (100 * present.hiddenBeforeError).toFixed(2)
  return `* ${label}: reads the rate of the discharge before the charge too; without it, the rate after it is assumed and the mean error is ${added} % of rated greater.`
}

function whereItEnds({ types }: EvidenceCardSource): string[] {
  return [
    '## Where it ends',
    ...types.filter(({ present }) => tellsBefore(present)).map(withoutBefore),
    ...types.map(
      ({ label, present: { grid } }) =>
        `* ${label}: charge between ${grid.from} and ${grid.to} V, at least 0.2 V of it.`,
    ),
    'A rest of 30 minutes after a full charge narrows the answer. A charge and rest that look like none of the trained cells',
    'are refused. A use outside the table is an extrapolation and is marked as one. It does not know other chemistries.',
  ]
}
