import type { TunedScore, Tuning } from '../../../src-shared/contract/tuning.ts'
import type { Manifest } from '../../../src-shared/forecast/package.ts'

interface TuningCardSource {
  readonly manifest: Omit<Manifest, 'weightsSha256'>
  readonly tuning: Omit<Tuning, 'model'>
  readonly parentCard: string
}

/** Before and after, then the card of the package that was tuned. Own cells have numbers here, not names. */
export function tuningCard({ manifest, tuning, parentCard }: TuningCardSource): string {
  const { parent, type, cells, total } = tuning
  return [
    `# ${manifest.name}`,
    ...(manifest.simulated
      ? ['', '**SIMULATED**: rests on simulated cells. For trying the program, not for judging batteries.']
      : []),
    '',
    '## What was tuned',
    `${parent.name} (${parent.sha256.slice(0, 12)}), its present capacity of ${type} only: ${cells.length} own cells, ${manifest.tuning?.prototypes ?? 0} prototypes added,`,
    `each the mean of three like rows, ridge weight ${manifest.tuning?.ridge ?? 0}. What a plan takes off the capacity is as it was.`,
    '',
    '## Before and after, each cell judged by a package tuned on the others',
    '| cell | rows | MAPE % before | after | bias % before | after | inside % before | after | width % before | after | trajectory % before | after |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...cells.map(({ rows, before, after }, i) => tableRow(String(i + 1), rows, { before, after })),
    tableRow(
      'all',
      cells.reduce((sum, { rows }) => sum + rows, 0),
      total,
    ),
    'MAPE, bias, inside and width are of the present capacity; strength and interval of each cell come from the others.',
    '',
    verdict(tuning),
    ...(tuning.isExtrapolated
      ? [
          'Fewer than nine cells tell: the interval is nowhere narrower than it was, and answers under these uses are tagged',
          'extrapolated.',
        ]
      : []),
    forgetting(tuning),
    '',
    `## The card of ${parent.name}`,
    ...parentCard.split('\n').map((line) => (line.startsWith('#') ? `#${line}` : line)),
  ].join('\n')
}

function tableRow(
  name: string,
  rows: number,
  { before, after }: { before: TunedScore; after: TunedScore },
): string {
  const pairs = (['error', 'bias', 'coverage', 'width', 'trajectory'] as const).flatMap((key) => [
    percent(before[key]),
    percent(after[key]),
  ])
  return `| ${[name, rows, ...pairs].join(' | ')} |`
}

function percent(fraction: number): string {
  return (100 * fraction).toFixed(2)
}

export function verdict({ isBetter, parent, total }: Omit<Tuning, 'model'>): string {
  const figures = `${percent(total.before.error)} % before, ${percent(total.after.error)} % after`
  return isBetter
    ? `Tuning helps on cells left out: mean error of the present capacity ${figures}.`
    : `Tuning does not help on cells left out: mean error of the present capacity ${figures}. Keep ${parent.name}.`
}

function forgetting({ forgetting: told }: Omit<Tuning, 'model'>): string {
  if (told === null)
    return 'None of the cells that the package was trained on was at hand to see what it forgot.'
  return `On ${told.cells} cells that the package was trained on: ${percent(told.before)} % before, ${percent(told.after)} % after.`
}
