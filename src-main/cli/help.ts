import type { Command } from './command.ts'
import type { OptionSpecs } from './options.ts'

/** Options of every command. */
export const commonOptions: OptionSpecs = {
  json: { type: 'flag', help: 'one JSON document on stdout' },
  library: {
    type: 'text',
    value: 'DIR',
    help: "battery library (default: PIMOE_LIBRARY, or the user's data folder)",
  },
  help: { type: 'flag', help: 'this text' },
}

export function programHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  return [
    'pimoe COMMAND …   decides what a used battery is still good for',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'pimoe COMMAND --help tells more. Every command takes --json and --library DIR.',
    'Exit codes: 0 done, 2 wrong usage, 3 input refused, 4 not determinable, 130 cancelled, 1 bug.',
  ].join('\n')
}

export function commandHelp({ name, usage, summary, details, options }: Command): string {
  const all = Object.entries({ ...options, ...commonOptions })
  const written = all.map(([option, { value, help }]) => [
    `--${option}${value === undefined ? '' : ` ${value}`}`,
    help,
  ])
  const width = Math.max(...written.map(([option]) => option.length))
  return [
    `pimoe ${[name, usage].join(' ').trim()}`,
    '',
    `${summary}.`,
    ...details,
    '',
    ...written.map(([option, help]) => `  ${option.padEnd(width)}  ${help}`),
  ].join('\n')
}
