import type { Repair } from '../../../src-shared/cell/repair.ts'
import { isRepeated } from './duplicates.ts'
import { withoutSpikes } from './spikes.ts'
import { continuedTime, inTimeOrder } from './timeOrder.ts'

interface Signals {
  readonly time: number
  readonly voltage: number
  readonly current: number
}

export interface RowStage<Row> {
  row(row: Row): void
  end(): void
}

/** Leaves rows out, or moves their time, as the accepted repairs say, before `pass` sees them; factors are the reader's. */
export function rowRepairs<Row extends Signals>(
  repairs: readonly Repair[],
  pass: (row: Row) => void,
): RowStage<Row> {
  let stage: RowStage<Row> = { row: pass, end: () => undefined }
  if (repairs.includes('drop-spikes'))
    stage = followedBy(stage, (next) => withoutSpikes(next, () => undefined))
  if (repairs.includes('drop-duplicates')) stage = withoutRepeats(stage)
  if (repairs.includes('drop-late-rows'))
    stage = followedBy(stage, (next) => inTimeOrder(next, () => undefined))
  return repairs.includes('continue-time') ? withContinuedTime(stage) : stage
}

function followedBy<Row>(
  next: RowStage<Row>,
  filter: (pass: (row: Row) => void) => RowStage<Row>,
): RowStage<Row> {
  const own = filter((row) => {
    next.row(row)
  })
  return {
    row: (row) => {
      own.row(row)
    },
    end: () => {
      own.end()
      next.end()
    },
  }
}

function withoutRepeats<Row extends Signals>(next: RowStage<Row>): RowStage<Row> {
  let before: Row | null = null
  return {
    row(row) {
      if (!isRepeated(before, row)) next.row(row)
      before = row
    },
    end: () => {
      next.end()
    },
  }
}

function withContinuedTime<Row extends Signals>(next: RowStage<Row>): RowStage<Row> {
  const whole = continuedTime()
  return {
    row: (row) => {
      next.row({ ...row, time: whole(row.time) })
    },
    end: () => {
      next.end()
    },
  }
}
