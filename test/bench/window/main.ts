import { availableParallelism, loadavg } from 'node:os'
import { buildProgram } from '../../support/built.ts'
import { comparisonFigures } from './comparison.ts'
import { dragFigures } from './drag.ts'
import { type Figure, lineOf } from './figure.ts'
import { libraryFigures } from './library.ts'

// Prints what the window must be quick at, each figure beside its aim: node test/bench/window/main.ts [library|comparison|drag]…
const parts: Record<string, () => Promise<Figure[]>> = {
  library: () => libraryFigures(10_000),
  comparison: () => comparisonFigures(200, 150),
  drag: dragFigures,
}
const asked = process.argv.slice(2)
buildProgram()
for (const [name, measured] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const figures = await measured()
  const [load] = loadavg()
  console.log(`${name}, at a load of ${load.toFixed(1)} on ${availableParallelism()} cores`)
  for (const figure of figures) console.log(`  ${lineOf(figure)}`)
}
