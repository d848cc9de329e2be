import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../../support/built.ts'
import { documentOf, pimoe, samples, start, type FailureDocument } from './pimoe.ts'

let folder: string
let library: string
const plans = ['held-use', 'solar-storage'].map((name) => join(samples, 'scenarios', `${name}.json`))

beforeAll(async () => {
  buildProgram('main')
  folder = mkdtempSync(join(tmpdir(), 'pimoe Los '))
  library = join(folder, 'Bücherei')
  const imported = await pimoe(['import', join(samples, 'raw'), '--chemistry', 'NCA', '--json'], library)
  expect(imported.code).toBe(0)
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

async function linesOf(words: readonly string[]): Promise<string[]> {
  const { code, stdout } = await pimoe(['batch', ...words, '--json-lines'], library)
  expect(code).toBe(0)
  return stdout.trimEnd().split('\n')
}

describe('batch', () => {
  it('answers each cell under each scenario as assess does', async () => {
    const lines = await linesOf(['--scenarios', ...plans])
    const answers = lines.map((line) => JSON.parse(line) as { id: string; scenario: { name: string } })
    expect(answers.length).toBe(6)
    expect(answers[0].id).toBe(answers[1].id)
    const { id, ...answer } = answers[3]
    const alone = documentOf(await pimoe(['assess', id, '--scenario', plans[1], '--json'], library))
    expect(answer).toEqual(alone)
  })

  it('tells in its place why a cell has no answer, and goes on', async () => {
    const lines = await linesOf(['--scenarios', ...plans, '--horizon', '40'])
    expect(lines.length).toBe(6)
    const refused = await pimoe(['batch', '--model', 'pimoe', '--json'], library)
    const { answers } = documentOf(refused) as { answers: { id: string; error?: { code: string } }[] }
    expect(answers.length).toBe(3)
    expect(refused.code).toBe(answers.every(({ error }) => error !== undefined) ? 4 : 0)
  })

  it('is taken up behind the last whole line of its file', async () => {
    const file = join(folder, 'Los ö.jsonl')
    const words = ['batch', '--scenarios', ...plans, '--out', file]
    expect(await pimoe(words, library)).toMatchObject({ code: 0 })
    const whole = readFileSync(file, 'utf8')
    const third = whole.split('\n', 3).join('\n').length + 1
    truncateSync(file, Buffer.byteLength(whole.slice(0, third)))
    appendFileSync(file, '{"id":"half a li')
    const resumed = documentOf(await pimoe([...words, '--resume', '--json'], library))
    expect(resumed).toEqual({ schema: 'pimoe-batch/1', file, lines: 6, resumedAfter: 3 })
    expect(readFileSync(file, 'utf8')).toBe(whole)
  })

  it('writes over nothing and goes on with no other batch', async () => {
    const file = join(folder, 'anderes.jsonl')
    writeFileSync(file, '{"id":"another"}\n')
    for (const [code, words] of [
      ['file-exists', []],
      ['other-batch', ['--resume']],
    ] as const) {
      const finished = await pimoe(['batch', '--out', file, ...words, '--json'], library)
      expect(finished.code).toBe(3)
      expect((documentOf(finished) as FailureDocument).error.code).toBe(code)
      expect(readFileSync(file, 'utf8')).toBe('{"id":"another"}\n')
    }
  })

  it('ends at an interrupt with whole lines only', async () => {
    const file = join(folder, 'unterbrochen.jsonl')
    const many = Array.from({ length: 400 }, () => plans).flat()
    const { child, finished } = start(['batch', '--scenarios', ...many, '--out', file], library)
    while (!existsSync(file)) await setTimeout(10)
    child.kill('SIGINT')
    const { code } = await finished
    expect([0, 130]).toContain(code)
    if (code === 130) {
      for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) JSON.parse(line)
    }
  })

  it('names a cell that is not there before it answers any', async () => {
    const finished = await pimoe(['batch', '--cells', 'nobody', '--json'], library)
    expect(finished.code).toBe(3)
    expect((documentOf(finished) as FailureDocument).error.code).toBe('no-such-cell')
  })
})
