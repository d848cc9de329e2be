import type { Manifest } from '../../../src-shared/forecast/package.ts'
import { countParameters } from '../../../src-shared/network/parameters.ts'
import type { Evaluation } from '../judging/evaluate.ts'

/** The page a person reads before trusting a model: what it is, what it saw, how it scored, where it ends. */
export function modelCard(
  manifest: Omit<Manifest, 'weightsSha256'>,
  evaluation: Evaluation,
  notes: readonly string[],
): string {
  return [
    `# ${manifest.name}`,
    ...(manifest.simulated
      ? ['', '**SIMULATED**: trained on simulated cells. For trying the program, not for judging batteries.']
      : []),
    '',
    ...whatItIs(manifest),
    '',
    ...whatItSaw(manifest, notes),
    '',
    ...howItScored(evaluation),
    '',
    ...howSure(manifest),
    '',
    ...whereItEnds(manifest),
    '',
  ].join('\n')
}

function whatItIs({ network, input, training }: Omit<Manifest, 'weightsSha256'>): string[] {
  const { T, V, F, E, U } = network
  return [
    '## What it is',
    `PIMOE (arXiv 2506.17755): ${E} linear experts mixed by a gate, then a bidirectional LSTM with ${U} units;`,
    `${countParameters(network)} parameters. From one charge curve (${V} points), ${F} features of curve and rest, and the`,
    `planned use it forecasts the discharge capacity of ${T} cycles, the measured one first. Inputs: ${input.kind} convention.`,
    isPublished(training)
      ? 'Trained as the authors did: their settings, their cell lists, the currents as their files store them.'
      : 'The experts were trained on decorrelated curves and folded back: the weights read plain curves.',
    `Seed ${training?.seed ?? '–'}, best epoch ${training?.epochs ?? '–'} by validation loss.`,
  ]
}

function isPublished(training: Manifest['training']): boolean {
  return training?.settings['recipe'] === 'published'
}

function whatItSaw(
  { domain, training }: Omit<Manifest, 'weightsSha256'>,
  notes: readonly string[],
): string[] {
  const count = (role: string): number => training?.data.filter((file) => file.role === role).length ?? 0
  const conditions = domain?.conditions ?? []
  if (isPublished(training)) {
    const counts = `${count('train')} cells; ${count('validation')} chose the epoch.`
    return ['## What it was trained on', counts, ...notes.map((note) => `* ${note}`)]
  }
  return [
    '## What it was trained on',
    `${count('train')} cells; ${count('validation')} chose the epoch; ${count('calibration')} more served the interval only.`,
    `No cell stands in two roles. Cell types: ${domain?.cellTypes.map((type) => type.label).join(', ') ?? 'unknown'}.`,
    ...notes.map((note) => `* ${note}`),
    '',
    '| use | charge C | discharge C | °C | cells |',
    '|---|---|---|---|---|',
    ...conditions.map(
      (c) => `| ${c.name} | ${c.charge_rate} | ${c.discharge_rate} | ${c.temperature_degC} | ${c.cells} |`,
    ),
  ]
}

function howItScored({ conditions }: Evaluation): string[] {
  const number = (value: number | null): string => (value === null ? '–' : value.toFixed(2))
  return [
    '## How it scored on the validation cells',
    '| condition | horizon | MAPE % | present capacity % | last step % | worst window % | windows |',
    '|---|---|---|---|---|---|---|',
    ...conditions.map((c) =>
      [
        '',
        c.name,
        c.horizon,
        number(c.mape),
        number(c.step1Mape),
        number(c.lastStepMape),
        number(c.maxWindowMape),
        c.windows,
        '',
      ]
        .join(' | ')
        .trim(),
    ),
    'One or two validation cells a condition also chose the epoch: expect other cells to do somewhat worse.',
  ]
}

function howSure({ interval }: Omit<Manifest, 'weightsSha256'>): string[] {
  if (interval === null) return ['## How sure it is', 'It has no interval.']
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`
  const half = (step: number): string => percent((interval.score.at(step) ?? 0) * interval.base)
  return [
    '## How sure it is',
    `Interval of ${percent(interval.level)} from ${interval.cells} cells not trained on (split conformal, a cell at a time):`,
    `± ${half(0)} of the rated capacity now, ± ${half(-1)} plus a share of the fade at the last step;`,
    `it held ${percent(interval.coverage)} of the values of those very cells, some of which also chose the epoch: other`,
    'cells may do worse, and so few make it a coarse statement.',
  ]
}

function whereItEnds({ domain }: Omit<Manifest, 'weightsSha256'>): string[] {
  const window = domain?.window ?? null
  if (domain === null) {
    return [
      '## Where it ends',
      'It answers every question, also those it knows nothing of. Use it to repeat the published numbers only.',
    ]
  }
  const limits = window === null ? 'the trained window' : `${window.from}–${window.to} V`
  return [
    '## Where it ends',
    `It needs a charge curve over ${limits} and the rest after it, of the cell types above. A use outside the table is an`,
    'extrapolation and is marked as one: how far its fade is off there was not measured for this model; in a study of the',
    'method with whole conditions left out it was a factor of 0.6 to 1.9. It does not know other chemistries, and it',
    'cannot look further ahead than its horizon.',
  ]
}
