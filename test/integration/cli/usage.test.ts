import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../../src-main/cli/commands.ts'
import { parseArguments } from '../../../src-main/cli/options.ts'
import { buildProgram } from '../../support/built.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { documentOf, pimoe, type FailureDocument } from './pimoe.ts'

beforeAll(() => buildProgram('main'), 120_000)

describe('wrong usage', () => {
  it.each([
    ['asess x', 'no-such-command', /assess/],
    ['assess', 'wrong-arguments', /pimoe assess/],
    ['assess a.csv b.csv', 'wrong-arguments', /pimoe assess/],
    ['assess x.csv --treshold 0.8', 'unknown-option', /--threshold/],
    ['assess x.csv --threshold 80', 'not-allowed', /0\.8 for 80 %/],
    ['assess x.csv --threshold 1', 'not-allowed', /below 1/],
    ['assess x.csv --threshold -0.8', 'not-allowed', /above 0/],
    ['assess x.csv --threshold 0,8', 'not-allowed', /decimal point/],
    ['assess x.csv --threshold NaN', 'not-allowed', /above 0/],
    ['assess x.csv --threshold', 'value-missing', /--threshold SOH/],
    ['assess x.csv --horizon 0', 'not-allowed', /from 1/],
    ['assess x.csv --horizon 2.5', 'not-allowed', /whole number/],
    ['assess x.csv --nominal-capacity 0', 'not-allowed', /from 0\.001/],
    ['assess x.csv --nominal-capacity 1e-308', 'not-allowed', /from 0\.001/],
    ['assess x.csv --nominal-capacity Infinity', 'not-allowed', /up to 10000/],
    ['assess x.csv --measured-capacity -1', 'not-allowed', /from 0\.001/],
    ['assess x.csv --chemistry --threshold 0.8', 'value-missing', /--chemistry NAME/],
    ['assess x.csv --model nowhere', 'not-found', /path/],
    ['compare', 'wrong-arguments', /--scenarios/],
    ['compare a.csv --confidence p99', 'not-allowed', /p10, p20, p50, p90/],
    ['train --preset demo', 'wrong-arguments', /--out/],
    ['train --preset demo --config x.json --out new', 'wrong-arguments', /either/],
    ['train --preset demo --out . --data x', 'folder-in-use', /new folder/],
    ['train --preset nonsense --out new', 'no-such-preset', /demo/],
    ['train --preset demo --out new --threads 0', 'not-allowed', /from 1/],
    ['train --preset demo --out new --threads two', 'not-allowed', /whole number/],
    ['train --from pimoe --cells a b c --preset demo', 'wrong-arguments', /--from takes no --preset/],
    ['bench --threads 0', 'not-allowed', /from 1/],
    ['evaluate --model demo', 'wrong-arguments', /--data/],
    ['models import x.pth', 'wrong-arguments', /--out/],
    ['models delete', 'no-such-action', /import/],
    ['report x.csv', 'wrong-arguments', /--out/],
    ['report --batch --draft --out x.pdf', 'wrong-arguments', /lot takes no --draft/],
    ['report --batch all --model demo --out x.pdf', 'wrong-arguments', /lot takes no --model/],
    ['serve --port 99999', 'not-allowed', /up to 65535/],
    ['cells x', 'no-such-action', /edit/],
    ['cells edit', 'wrong-arguments', /pimoe cells edit/],
    ['cells edit a', 'wrong-arguments', /--lot/],
    ['cells --lot A', 'wrong-arguments', /cells edit/],
    ['cells edit a --lot A --clear lot', 'wrong-arguments', /not both/],
    ['cells edit a --clear name', 'not-allowed', /serial/],
    ['cells edit a --nominal-capacity 0', 'not-allowed', /from 0\.001/],
    ['cells edit nope --lot A', 'no-such-cell', /./],
    ['cell nope', 'no-such-cell', /./],
    ['assess nope', 'no-such-cell', /./],
    ['report nope --out x.pdf', 'no-such-cell', /./],
  ])('%s says what is allowed', async (line, code, advice) => {
    const finished = await pimoe([...line.split(' '), '--json'], join(temporaryFolder(), 'library'))
    const { error } = documentOf(finished) as FailureDocument
    expect(error.code).toBe(code)
    expect(`${error.message} ${error.advice}`).toMatch(advice)
    expect(finished.code).toBe(['not-found', 'no-such-cell'].includes(code) ? 3 : 2)
  })

  it('is told in words without --json, and stdout stays empty', async () => {
    const finished = await pimoe(['assess', 'x.csv', '--horizon', '0'], join(temporaryFolder(), 'library'))
    expect(finished).toMatchObject({ code: 2, stdout: '' })
    expect(finished.stderr).toMatch(/--horizon cannot be 0/)
  })
})

describe('help', () => {
  it.each(commands.map((command) => command.name))(
    '%s --help names every option and touches no library',
    async (name) => {
      const library = join(temporaryFolder(), 'library')
      const { code, stdout } = await pimoe([name, '--help'], library)
      expect(code).toBe(0)
      const options = commands.find((command) => command.name === name)?.options ?? {}
      for (const option of [...Object.keys(options), 'json', 'library'])
        expect(stdout).toContain(`--${option}`)
      expect(existsSync(library)).toBe(false)
    },
  )

  it('lists every command', async () => {
    const { code, stdout } = await pimoe(['--help'], 'unused')
    expect(code).toBe(0)
    for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'))
  })
})

describe('arguments', () => {
  const specs = {
    list: { type: 'texts', help: '' },
    flag: { type: 'flag', help: '' },
    text: { type: 'text', help: '' },
  } as const

  it('gather a list up to the next option', () => {
    const given = parseArguments(['a', '--list', 'b', 'c', '--flag', 'd', '--list=e', '--text', 'f'], specs)
    expect(given.positionals).toEqual(['a', 'd'])
    expect(given.texts('list')).toEqual(['b', 'c', 'e'])
    expect(given.has('flag')).toBe(true)
    expect(given.text('text')).toBe('f')
  })

  it('end a list at a double dash', () => {
    const given = parseArguments(['--list', 'b', '--', 'c', '--flag'], specs)
    expect(given.texts('list')).toEqual(['b'])
    expect(given.positionals).toEqual(['c', '--flag'])
  })

  it('know no name that an object has by itself', () => {
    expect(() => parseArguments(['--toString'], specs)).toThrow(/no option/)
  })
})
