import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { readModelPackage } from '../../src-main/checkpoints/modelPackage.ts'
import { kernelForward } from '../../src-main/kernels/kernelForward.ts'
import { readFile } from '../../src-main/readers/readFile.ts'
import { assess } from '../../src-shared/forecast/assess.ts'

// Times one assessment on one thread, from a cycle in memory to the trajectory with its interval, under a plan and under
// the cycle's own use: node test/bench/assessment.ts --file FILE [--model DIR]
const root = fileURLToPath(new URL('../..', import.meta.url))
const { values: given } = parseArgs({
  options: {
    model: { type: 'string', default: join(root, 'models', 'pimoe') },
    file: { type: 'string' },
  },
})
if (given.file === undefined)
  throw new Error('Name a per-cycle file of a cell that the model knows: --file FILE')
const model = { ...(await readModelPackage(given.model)), forward: kernelForward }
const { cellName, description: hints, cycles } = await readFile(given.file)
const description = { ...hints, name: cellName, simulated: false }
const known = cycles.filter(({ chargeCurve }) => chargeCurve !== null)
const warmUp = 300
const rounds = 1000
const plan = {
  name: 'plan',
  blocks: [{ cycles: 50, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }],
}
for (const [name, scenario] of [
  ['its own use, 50 steps', undefined],
  ['a plan of 50 cycles', plan],
] as const) {
  const times: number[] = []
  for (let round = -warmUp; round < rounds; round++) {
    const cycle = known[(round + warmUp) % known.length]
    const cell = { name: cellName, description, cycles: [cycle] }
    const start = performance.now()
    assess({ model, cell, ...(scenario === undefined ? {} : { scenario }) })
    if (round >= 0) times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  const at = (share: number): string => times[Math.floor(share * rounds)].toFixed(2)
  console.log(`${name}: median ${at(0.5)} ms, nine of ten within ${at(0.9)} ms`)
}
