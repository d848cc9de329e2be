import { parseArgs } from 'node:util'
import { Failure } from '../../src-shared/failure/failure.ts'
import { nearestName } from '../services/unknownName.ts'

/** How an option is written and what it may be. */
export interface OptionSpec {
  readonly type: 'flag' | 'text' | 'texts' | 'number' | 'integer'
  /** Stands for the value in the help. */
  readonly value?: string
  readonly help: string
  /** Numbers: bounds, themselves allowed (`least`, `most`) or not (`above`, `below`). */
  readonly range?: {
    readonly above?: number
    readonly below?: number
    readonly least?: number
    readonly most?: number
  }
  /** Texts: the only values allowed. */
  readonly choice?: readonly string[]
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>

/** Parsed and checked: a number is a number within its range. */
export interface Arguments {
  readonly positionals: readonly string[]
  readonly has: (option: string) => boolean
  readonly text: (option: string) => string | undefined
  readonly texts: (option: string) => readonly string[]
  readonly number: (option: string) => number | undefined
}

/**
 * Arguments by their specification. `texts` options take every word up to the next option, so that lists need no repeats.
 *
 * Throws a usage Failure that says what is allowed.
 */
export function parseArguments(words: readonly string[], specs: OptionSpecs): Arguments {
  const { positionals, values } = collect(words, specs)
  for (const [option, found] of values) for (const value of found) check(option, value, specs)
  const last = (option: string): string | undefined => values.get(option)?.at(-1)
  return {
    positionals,
    has: (option) => values.has(option),
    text: last,
    texts: (option) => values.get(option) ?? [],
    number: (option) => {
      const text = last(option)
      return text === undefined ? undefined : Number(text)
    },
  }
}

function collect(
  words: readonly string[],
  specs: OptionSpecs,
): { positionals: string[]; values: Map<string, string[]> } {
  const positionals: string[] = []
  const values = new Map<string, string[]>()
  let open: string[] | null = null
  for (const token of tokensOf(words, specs)) {
    if (token.kind === 'option-terminator') open = null
    if (token.kind === 'positional') (open ?? positionals).push(token.value)
    if (token.kind !== 'option') continue
    const given = valueOf(token, specs)
    const known = values.get(token.name) ?? []
    known.push(...given)
    values.set(token.name, known)
    open = specOf(specs, token.name)?.type === 'texts' ? known : null
  }
  return { positionals, values }
}

function tokensOf(words: readonly string[], specs: OptionSpecs) {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { type }]) => [
      name,
      { type: type === 'flag' ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  return parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true }).tokens
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}

function valueOf({ name, rawName, value, inlineValue }: OptionToken, specs: OptionSpecs): string[] {
  const spec = specOf(specs, name)
  if (spec === undefined) throw unknownOption(rawName, Object.keys(specs))
  if (spec.type === 'flag') {
    if (value === undefined) return []
    throw usage('unexpected-value', `${rawName} takes no value.`, `Write ${rawName} alone.`, value)
  }
  if (value === undefined || (inlineValue !== true && value.startsWith('--'))) {
    throw usage('value-missing', `${rawName} needs a value.`, `Write ${rawName} ${spec.value ?? 'VALUE'}.`)
  }
  return [value]
}

function specOf(specs: OptionSpecs, name: string): OptionSpec | undefined {
  return Object.hasOwn(specs, name) ? specs[name] : undefined
}

function check(option: string, value: string, specs: OptionSpecs): void {
  const spec = specOf(specs, option)
  if (spec === undefined) return
  if (value === '')
    throw usage('value-missing', `--${option} needs a value.`, `Write ${spec.value ?? 'a value'}.`)
  if (spec.choice !== undefined && !spec.choice.includes(value)) {
    const choice = spec.choice.join(', ')
    throw usage('not-allowed', `--${option} cannot be ${value}.`, `Choose one of ${choice}.`, value)
  }
  if (spec.type === 'number' || spec.type === 'integer') checkNumber(option, value, spec)
}

function checkNumber(option: string, text: string, spec: OptionSpec): void {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN
  const isWhole = spec.type === 'number' || Number.isSafeInteger(value)
  if (isWhole && isWithin(value, spec.range)) return
  throw usage('not-allowed', `--${option} cannot be ${text}.`, `Allowed: ${allowed(spec)}.`, text)
}

function isWithin(
  value: number,
  { above, below, least, most }: NonNullable<OptionSpec['range']> = {},
): boolean {
  const isLow = value <= (above ?? -Infinity) || value < (least ?? -Infinity)
  const isHigh = value >= (below ?? Infinity) || value > (most ?? Infinity)
  return Number.isFinite(value) && !isLow && !isHigh
}

function allowed({ type, range = {}, help }: OptionSpec): string {
  const { above, below, least, most } = range
  const kind = type === 'integer' ? 'a whole number' : 'a number, with a decimal point,'
  const bounds = [
    above === undefined ? [] : [`above ${above}`],
    below === undefined ? [] : [`below ${below}`],
    least === undefined ? [] : [`from ${least}`],
    most === undefined ? [] : [`up to ${most}`],
  ].flat()
  return `${[kind, bounds.join(' and ')].join(' ').trim()}: ${help.replace(/ \(default.*/, '')}`
}

function unknownOption(rawName: string, known: readonly string[]): Failure {
  const nearest = nearestName(rawName.replace(/^-+/, ''), known)
  const advice =
    nearest === null
      ? `Known: ${known.map((name) => `--${name}`).join(', ')}.`
      : `Did you mean --${nearest}? See --help.`
  return usage('unknown-option', `There is no option ${rawName}.`, advice, rawName)
}

function usage(code: string, message: string, advice: string, found?: string): Failure {
  return new Failure('usage', code, message, { advice, ...(found === undefined ? {} : { found }) })
}
