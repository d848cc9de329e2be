import { expect, it } from 'vitest'
import { temporaryFolder } from '../fixtures/temporaryFolder.ts'
import { fuzzer } from './input.ts'
import { fixtureSources } from './sources.ts'

const folder = temporaryFolder()

// `npm run fuzz` reads a hundred thousand; what it finds becomes a test beside its reader.
it('ends in a reading or a Failure for any bytes, and never in half a reading', async () => {
  folder.write('made', '')
  const sources = fixtureSources()
  const ask = fuzzer({ seed: 20260722, sources, folder: folder.path('.') })
  const ends = { read: 0, refused: 0, broken: 0 }
  for (let input = 0; input < 400; input++) {
    const { end, broken, source, mutation } = await ask(input)
    expect(broken, `input ${input}, ${source}: ${mutation}`).toBeNull()
    ends[end]++
  }
  expect(ends.read).toBeGreaterThan(50)
  expect(ends.refused).toBeGreaterThan(100)
}, 240_000)
