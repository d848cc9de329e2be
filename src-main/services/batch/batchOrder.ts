import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import type { CellQuestion } from '../assessing/assessing.ts'
import type { Parts } from '../parts.ts'
import { unknownCell } from '../library/unknownCell.ts'

/** Every cell under every plan, cell by cell, in this order. */
export interface BatchOrder {
  /** Ids of the library. */
  readonly cells: readonly string[]
  /** Null: the cell's own use, held. */
  readonly scenarios: readonly (Scenario | null)[]
  readonly settings: Pick<CellQuestion, 'model' | 'horizon' | 'threshold'>
}

/** No cells named: all of the library; no scenarios: own use. Throws `no-such-cell` before anything is answered. */
export async function batchOrder(
  parts: Parts,
  asked: {
    readonly cells: readonly string[]
    readonly scenarios: readonly Scenario[]
    readonly settings: BatchOrder['settings']
  },
): Promise<BatchOrder> {
  const library = await parts.library()
  const idOf = (named: string): string => {
    const found = library.cells.find(named)
    if (found === null) throw unknownCell(library, named)
    return found.id
  }
  return {
    cells: asked.cells.length === 0 ? library.cells.ids() : asked.cells.map(idOf),
    scenarios: asked.scenarios.length === 0 ? [null] : asked.scenarios,
    settings: asked.settings,
  }
}

export function answerCount({ cells, scenarios }: BatchOrder): number {
  return cells.length * scenarios.length
}
