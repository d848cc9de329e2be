import type { Tuning } from '../../../src-shared/contract/tuning.ts'
import type { CellTypeEvidence } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import type { Manifest, ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { PackageDraft } from '../../checkpoints/modelPackage.ts'
import { kernelForward } from '../../kernels/kernelForward.ts'
import type { LeftOutRow } from '../evidence/calibrateEvidence.ts'
import type { CellTypeRows } from '../evidence/evidenceRow.ts'
import { mean } from '../problem/grouping.ts'
import {
  chosenRidge,
  correctionOf,
  correctionsLeftOut,
  correctionWeights,
  headSums,
  ownProblem,
} from './ownCorrection.ts'
import { tuningCard } from './tuningCard.ts'
import { forecastRows, meanScore, scoreOf, type TuningCell } from './tunedCells.ts'
import { leastCalibrated, notTunable, tunedInterval } from './tunedInterval.ts'

export interface TuningOrder {
  readonly parent: ModelPackage
  readonly parentCard: string
  /** Of the package's cell types. */
  readonly type: CellTypeEvidence
  /** Three or more own cells of that type. */
  readonly cells: readonly TuningCell[]
  /** Cells that the package was trained on, where they are at hand. */
  readonly known: readonly TuningCell[]
  readonly left: Tuning['left']
  readonly name: string
  readonly program: string
}

export { cellRows } from '../evidence/evidenceRows.ts'
export { notTunable } from './tunedInterval.ts'

/** Called between steps, so that it can be watched and cancelled. */
export type TuningStep = (done: number, total: number) => Promise<void>

/**
 * A package whose present capacity is corrected on its user's own cells: kernel ridge regression of what it is off by
 * there, on prototypes of those cells, in each head. How good that is comes from each own cell left out, its strength
 * chosen without it too; the interval from the same errors. Everything else of the package stays.
 *
 * Saunders, Gammerman, Vovk (1998) for the regression; Vovk, cross-conformal predictors (2015) for the interval.
 */
export async function fineTune(
  order: TuningOrder,
  step: TuningStep,
): Promise<{ draft: PackageDraft; tuning: Omit<Tuning, 'model'> }> {
  const { parent, type, cells } = order
  if (parent.manifest.interval === null) throw notTunable()
  const total = type.present.heads.length + 3
  await step(0, total)
  const problem = ownProblem(
    type.present,
    cells.map(({ rows }) => rows),
  )
  const widest = headSums(problem, type.present.heads[0])
  const leftOut = correctionsLeftOut(problem, widest)
  await step(1, total)
  const fast = { ...parent, forward: kernelForward }
  const before = cells.map((cell) => forecastRows(fast, type, cell))
  const after = cells.map((cell, i) => forecastRows(fast, corrected(type, leftOut[i]), cell))
  await step(2, total)
  const ridge = chosenRidge(widest, problem.owners)
  const weights: Float64Array[] = []
  for (const head of type.present.heads) {
    const sums = weights.length === 0 ? widest : headSums(problem, head)
    weights.push(correctionWeights(sums, problem.owners, { without: [], ridge }))
    await step(2 + weights.length, total)
  }
  const tuned = corrected(type, correctionOf(problem, weights))
  const tuning = describe(order, { before, after, tuned })
  const manifest: Omit<Manifest, 'weightsSha256'> = {
    ...withoutHash(parent.manifest),
    name: order.name,
    created: new Date().toISOString(),
    program: order.program,
    simulated: parent.manifest.simulated || tuning.simulated,
    interval: tunedInterval(parent.manifest.interval, typeRows(type, cells), numbered(after)),
    tuning: {
      parent: tuning.parent,
      type: type.label,
      cells: cells.length,
      prototypes: problem.owners.length,
      ridge,
      data: [...(parent.manifest.tuning?.data ?? []), ...cells.map(({ cell }) => cell.sha256)],
      isBetter: tuning.isBetter,
    },
  }
  const evidence = (parent.evidence ?? []).map((one) => (one === type ? tuned : one))
  const card = tuningCard({ manifest, tuning, parentCard: order.parentCard })
  return { draft: { manifest, parameters: parent.parameters, evidence, card }, tuning }
}

interface Judged {
  readonly before: readonly LeftOutRow[][]
  readonly after: readonly LeftOutRow[][]
  readonly tuned: CellTypeEvidence
}

function describe(order: TuningOrder, { before, after, tuned }: Judged): Omit<Tuning, 'model'> {
  const { parent, type, cells, left } = order
  const { manifest } = parent
  const scored = cells.map(({ cell, rows }, i) => ({
    cell: cell.path,
    name: cell.cell,
    rows: rows.length,
    before: scoreOf(manifest, type, before[i]),
    // Its own errors tell nothing of a cell's interval: that comes from the others.
    after: scoreOf(withInterval(order, after, i), type, after[i]),
  }))
  const total = {
    before: meanScore(scored.map((one) => one.before)),
    after: meanScore(scored.map((one) => one.after)),
  }
  const improved = scored.filter((one) => one.after.error < one.before.error).length
  return {
    schema: 'pimoe-tuning/1',
    parent: { name: manifest.name, sha256: parent.sha256 },
    type: type.label,
    cells: scored,
    total,
    left,
    forgetting: forgetting(order, tuned),
    isBetter: total.after.error < total.before.error && 2 * improved > scored.length,
    isExtrapolated: cells.length < leastCalibrated,
    simulated: cells.some(({ cell }) => cell.simulated),
  }
}

function withInterval(
  { parent: { manifest }, type, cells }: TuningOrder,
  after: readonly LeftOutRow[][],
  without: number,
): Manifest {
  if (manifest.interval === null) return manifest
  const others = numbered(after).filter(({ row }) => row.cell !== without)
  return { ...manifest, interval: tunedInterval(manifest.interval, typeRows(type, cells), others) }
}

/** Rows with the place of their cell, by which the interval weighs them. */
function numbered(judged: readonly LeftOutRow[][]): LeftOutRow[] {
  return judged.flatMap((rows, cell) => rows.map((one) => ({ ...one, row: { ...one.row, cell } })))
}

function typeRows(
  { label, chemistry, nominalCapacity_Ah, present }: CellTypeEvidence,
  cells: readonly TuningCell[],
): CellTypeRows {
  return { label, chemistry, nominalCapacity_Ah, grid: present.grid, rows: cells.flatMap(({ rows }) => rows) }
}

function forgetting({ parent, type, known }: TuningOrder, tuned: CellTypeEvidence): Tuning['forgetting'] {
  if (known.length === 0) return null
  const errorOf = (evidence: CellTypeEvidence): number =>
    mean(
      known.map(
        (cell) =>
          scoreOf(
            parent.manifest,
            evidence,
            forecastRows({ ...parent, forward: kernelForward }, evidence, cell),
          ).error,
      ),
    )
  return { cells: known.length, before: errorOf(type), after: errorOf(tuned) }
}

function corrected(
  type: CellTypeEvidence,
  correction: NonNullable<CellTypeEvidence['present']['correction']>,
): CellTypeEvidence {
  return { ...type, present: { ...type.present, correction } }
}

function withoutHash({ weightsSha256: _, ...manifest }: Manifest): Omit<Manifest, 'weightsSha256'> {
  return manifest
}
