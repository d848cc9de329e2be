import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { CallContext } from '../../../src-shared/contract/requests.ts'
import {
  leastTunedCells,
  leastTunedRows,
  mostTunedCells,
  type Tuning,
} from '../../../src-shared/contract/tuning.ts'
import type { CellTypeEvidence } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import { cancelled, Failure } from '../../../src-shared/failure/failure.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { PackageDraft } from '../../checkpoints/modelPackage.ts'
import type { Library } from '../../library/openLibrary.ts'
import type * as FineTuning from '../../training/tuning/fineTune.ts'
import type { TuningOrder } from '../../training/tuning/fineTune.ts'
import type { TuningCell } from '../../training/tuning/tunedCells.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { readTuningCell, trainedHashes, wasTrainedOn, type ChosenCell } from './tunableCells.ts'

export interface TuningQuestion {
  /** Absent: the default. */
  readonly model: string | undefined
  /** Ids or names. */
  readonly cells: readonly string[]
  /** Where the tuned package goes; null: only how good it would be is asked. */
  readonly target: { readonly folder: string; readonly name: string } | null
}

/** Rows that are learned from, of all cells and of one. */
const mostRows = 800
const mostRowsOfCell = 40
/** Cells that the package was trained on, judged to see what it forgets. */
const mostKnown = 20

/**
 * Tunes a package on cells of the library, and writes it where that is asked.
 *
 * Throws `not-tunable`, `several-types`, `too-many-cells` (usage), `too-few-cells` (not-determinable, says what each cell
 * lacks), `cancelled`, or what writing throws.
 */
export async function tuneModel(
  parts: Parts,
  models: ModelShelf,
  { model: named, cells: wanted, target }: TuningQuestion,
  { signal, progress }: CallContext<'models/tune'>,
): Promise<Tuning> {
  if (wanted.length > mostTunedCells) throw tooManyCells(wanted.length)
  const parent = await models.find(named)
  const { fineTune, notTunable } = await parts.tuning()
  if (parent.manifest.input.kind !== 'evidence') throw notTunable()
  const library = await parts.library()
  const { readModelCard, writeModelPackage } = await parts.modelPackages()
  const chosen = await chosenCells(parts, library, { parent, wanted: [...new Set(wanted)] })
  const { type, cells, left } = requireEnough(chosen)
  const name = target?.name ?? `${parent.manifest.name}-own`
  const folder =
    named === undefined ? models.folders().get(parent.manifest.name) : (models.folders().get(named) ?? named)
  const order = {
    parent,
    parentCard: folder === undefined ? '' : await readModelCard(folder),
    type,
    cells,
    known: await knownCells(parts, library, { parent, type, wanted }),
    left,
    name,
    program: `PIMOE ${parts.places.version}`,
  }
  const { draft, tuning } = await onceTuned(library, order, () =>
    fineTune(order, async (done, total) => {
      await setImmediate()
      if (signal.aborted) throw cancelled()
      progress({ done, total })
    }),
  )
  if (target === null) return { ...tuning, model: null }
  const { sha256 } = await writeModelPackage(target.folder, draft)
  return { ...tuning, model: { name, sha256 } }
}

type Tuned = Awaited<ReturnType<typeof FineTuning.fineTune>>

/** What was tuned last in a library, and from what: whoever looked at it and then writes it does not wait again. */
const newest = new WeakMap<Library, Tuned & { readonly key: string }>()

async function onceTuned(
  library: Library,
  { name, ...from }: TuningOrder,
  tune: () => Promise<Tuned>,
): Promise<Tuned> {
  const key = keyOf(from)
  const known = newest.get(library)
  if (known?.key === key) return { draft: named(known.draft, name), tuning: known.tuning }
  const tuned = await tune()
  newest.set(library, { ...tuned, key })
  return tuned
}

/** All that tuning depends on: stated capacities and accepted repairs change the rows of a cell. */
function keyOf({ parent, parentCard, type, ...order }: Omit<TuningOrder, 'name'>): string {
  const told = JSON.stringify({ parent: parent.sha256, parentCard, type: type.label, ...order })
  return createHash('sha256').update(told).digest('hex')
}

function named(draft: PackageDraft, name: string): PackageDraft {
  const manifest = { ...draft.manifest, name, created: new Date().toISOString() }
  return { ...draft, manifest, card: draft.card.replace(/^# .*/, () => `# ${name}`) }
}

interface Chosen {
  readonly cells: readonly ChosenCell[]
  readonly left: Tuning['left']
}

async function chosenCells(
  parts: Parts,
  library: Library,
  { parent, wanted }: { parent: ModelPackage; wanted: readonly string[] },
): Promise<Chosen> {
  const trained = trainedHashes(parent)
  const most = Math.min(mostRowsOfCell, Math.max(leastTunedRows, Math.floor(mostRows / wanted.length)))
  const cells: ChosenCell[] = []
  const left: Tuning['left'] = []
  const taken = new Set<string>()
  for (const one of wanted) {
    const read = await readTuningCell(parts, library, { parent, wanted: one, place: cells.length, most })
    const { cell, name } = read
    if (taken.has(cell)) continue
    taken.add(cell)
    if (trained.has(read.sha256)) left.push({ cell, name, reason: wasTrainedOn })
    else if (read.found === null) left.push({ cell, name, reason: read.reason })
    else cells.push(read.found)
  }
  return { cells, left }
}

function requireEnough({ cells, left }: Chosen): Chosen & { type: CellTypeEvidence } {
  const types = [...new Set(cells.map(({ type }) => type))]
  if (types.length > 1) throw severalTypes(types)
  const [type] = types
  if (cells.length >= leastTunedCells) return { cells, left, type }
  const told = left.map(({ name, reason }) => `${name}: ${reason}.`).join(' ')
  throw new Failure(
    'not-determinable',
    'too-few-cells',
    `${cells.length} of the chosen cells can be used; tuning needs ${leastTunedCells} or more. ${told}`.trim(),
    {
      advice:
        'Add cells with whole charges, rests after them and measured capacities, and state chemistry and rated capacity.',
    },
  )
}

async function knownCells(
  parts: Parts,
  library: Library,
  { parent, type, wanted }: { parent: ModelPackage; type: CellTypeEvidence; wanted: readonly string[] },
): Promise<TuningCell[]> {
  const known: TuningCell[] = []
  for (const { sha256 } of parent.manifest.training?.data ?? []) {
    const id = library.records.findByHash(sha256)?.cellId
    if (id === undefined || known.length >= mostKnown) continue
    const { found } = await readTuningCell(parts, library, {
      parent,
      wanted: id,
      place: known.length,
      most: 20,
    })
    if (found?.type === type && !wanted.includes(id)) known.push(found)
  }
  return known
}

function tooManyCells(count: number): Failure {
  return new Failure('usage', 'too-many-cells', `Tuning takes at most ${mostTunedCells} cells.`, {
    advice: 'Choose fewer, of every age and use; with more, train a package.',
    found: String(count),
  })
}

function severalTypes(types: readonly CellTypeEvidence[]): Failure {
  const labels = types.map(({ label }) => label).join(', ')
  return new Failure('usage', 'several-types', `The chosen cells are of several types: ${labels}.`, {
    advice: 'Tune for one type, then tune the result for the next.',
  })
}
