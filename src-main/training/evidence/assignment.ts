/**
 * For each row of `gain` (N,N) the column that it is assigned to, each column once, so that the sum of the gains is greatest.
 *
 * Kuhn, The Hungarian method for the assignment problem (1955); with potentials and shortest augmenting paths, O(N³).
 */
export function bestAssignment(gain: Float64Array, N: number): Int32Array {
  const rowOf = new Int32Array(N + 1)
  const rowPrice = new Float64Array(N + 1)
  const columnPrice = new Float64Array(N + 1)
  for (let row = 1; row <= N; row++) {
    rowOf[0] = row
    const from = shortestPath({ gain, N, rowOf, rowPrice, columnPrice })
    for (let column = from.end; column !== 0; column = from.previous[column]) {
      rowOf[column] = rowOf[from.previous[column]]
    }
  }
  const columnOf = new Int32Array(N)
  for (let column = 1; column <= N; column++) columnOf[rowOf[column] - 1] = column - 1
  return columnOf
}

interface Matching {
  readonly gain: Float64Array
  readonly N: number
  /** Row of each column, from 1; 0: free. Entry 0 is the row to be placed. */
  readonly rowOf: Int32Array
  readonly rowPrice: Float64Array
  readonly columnPrice: Float64Array
}

/** The cheapest way from the row in hand to a free column; moves the prices so that the next ways stay exact. */
function shortestPath({ gain, N, rowOf, rowPrice, columnPrice }: Matching): {
  end: number
  previous: Int32Array
} {
  const least = new Float64Array(N + 1).fill(Infinity)
  const previous = new Int32Array(N + 1)
  const done = new Uint8Array(N + 1)
  let column = 0
  while (rowOf[column] !== 0) {
    done[column] = 1
    const row = rowOf[column]
    let step = Infinity
    let next = 0
    for (let other = 1; other <= N; other++) {
      if (done[other] === 1) continue
      const cost = -gain[(row - 1) * N + other - 1] - rowPrice[row] - columnPrice[other]
      if (cost < least[other]) {
        least[other] = cost
        previous[other] = column
      }
      if (least[other] < step) {
        step = least[other]
        next = other
      }
    }
    for (let other = 0; other <= N; other++) {
      if (done[other] === 1) {
        rowPrice[rowOf[other]] += step
        columnPrice[other] -= step
      } else least[other] -= step
    }
    column = next
  }
  return { end: column, previous }
}
