import type { Repair } from '../../../src-shared/cell/repair.ts'
import type { QuarantinedFile, RepairEffect } from '../../../src-shared/contract/requests.ts'
import type { KeyFigures } from '../../../src-shared/contract/imports.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { acceptedRepairs, acceptOptions } from '../acceptOptions.ts'
import type { Command, CommandCall } from '../command.ts'
import { mapOption, statedMapping } from '../mapOption.ts'
import { statedDescription, statedOptions } from '../questionOptions.ts'
import { findingText, table, type TableValue } from '../table.ts'
import { importText } from './import.ts'

export const quarantineCommand: Command = {
  name: 'quarantine',
  summary: 'lists the files in doubt, shows what a repair would do, and decides',
  usage: '[ID]',
  details: [
    'Without ID: every file that waits for a decision. With ID: its findings, and the figures before and after the',
    'repairs that they propose. --accept imports it with the named repairs, --reject forgets it, --retry reads it again',
    'with what is stated of the cell and, by --map, of its table.',
  ],
  positionals: { least: 0, most: 1, what: 'the id of one file in quarantine' },
  options: {
    ...acceptOptions,
    reject: { type: 'flag', help: 'forget the file and its copy' },
    retry: { type: 'flag', help: 'read the file again' },
    ...statedOptions,
    ...mapOption,
  },
  run: async (call) => {
    const { arguments: given, application, output, signal } = call
    const id = given.positionals.at(0)
    const context = { signal, progress: () => undefined }
    if (id === undefined) {
      const files = await application['quarantine/list']({}, context)
      output.answer({ schema: 'pimoe-quarantine/1', files }, () => listText(files))
      return 0
    }
    if (given.has('reject')) {
      const { rejected } = await application['quarantine/reject']({ ids: [id] }, context)
      output.answer({ schema: 'pimoe-rejection/1', rejected }, () => `${rejected} rejected`)
      return 0
    }
    if (given.has('accept') || given.has('retry')) return decide(call, id)
    return show(call, id)
  },
}

async function decide(call: CommandCall, id: string): Promise<number> {
  const { arguments: given, application, output, signal } = call
  const context = { signal, progress: () => undefined }
  const file = given.has('retry')
    ? await application['quarantine/retry'](
        { id, ...statedDescription(given), ...(await statedMapping(given)) },
        context,
      )
    : await application['quarantine/accept']({ id, repairs: await namedRepairs(call, id) }, context)
  output.answer({ schema: 'pimoe-import/1', files: [file] }, () => importText([file]))
  return file.status === 'imported' ? 0 : 3
}

async function show(call: CommandCall, id: string): Promise<number> {
  const { application, output, signal } = call
  const file = await fileOf(call, id)
  const repairs = file.proposals.map(({ repair }) => repair)
  const context = { signal, progress: () => undefined }
  const effect =
    repairs.length === 0 ? null : await application['quarantine/preview']({ id, repairs }, context)
  output.answer({ schema: 'pimoe-quarantined/1', file, effect }, () => fileText(file, effect))
  return 0
}

async function fileOf({ application, signal }: CommandCall, id: string): Promise<QuarantinedFile> {
  const files = await application['quarantine/list']({}, { signal, progress: () => undefined })
  const file = files.find((one) => one.id === id)
  if (file !== undefined) return file
  throw new Failure('refused', 'no-such-quarantined-file', `There is no quarantined file ${id}.`, {
    advice: '`pimoe quarantine` lists them.',
    found: id,
  })
}

async function namedRepairs(call: CommandCall, id: string): Promise<Repair[]> {
  const named = acceptedRepairs(call.arguments)
  const proposed = named.includes('proposed') ? (await fileOf(call, id)).proposals : []
  return [...proposed.map(({ repair }) => repair), ...named.filter((repair) => repair !== 'proposed')]
}

function listText(files: readonly QuarantinedFile[]): string {
  if (files.length === 0) return 'No file waits for a decision.'
  const rows = files.map(({ id, format, cycles, path }) => [id, format, cycles, path])
  const [heading = '', ...lines] = table(['id', 'format', 'cycles', 'file'], rows).split('\n')
  return [
    heading,
    ...files.flatMap(({ findings }, i) => [lines[i] ?? '', ...findings.map(findingText)]),
  ].join('\n')
}

function fileText(file: QuarantinedFile, effect: RepairEffect | null): string {
  if (effect === null) return [listText([file]), '', 'The findings propose no repair.'].join('\n')
  const { before, after } = effect
  const rows = figureRows.map(([name, of]): TableValue[] => [name, of(before), of(after)])
  return [
    listText([file]),
    '',
    ...file.proposals.map(({ effect: does }) => does),
    '',
    table(['', 'before', 'after'], rows),
  ].join('\n')
}

const figureRows: readonly (readonly [string, (figures: KeyFigures) => TableValue])[] = [
  ['rows', ({ rows }) => rows],
  ['cycles', ({ cycles }) => cycles],
  ['usable cycles', ({ usableCycles }) => usableCycles],
  ['duration, s', ({ duration_s }) => duration_s],
  ['lowest voltage, V', ({ voltage_V }) => voltage_V?.low ?? null],
  ['highest voltage, V', ({ voltage_V }) => voltage_V?.high ?? null],
  ['lowest current, A', ({ current_A }) => current_A?.low ?? null],
  ['highest current, A', ({ current_A }) => current_A?.high ?? null],
  ['capacity, Ah', ({ capacity_Ah }) => capacity_Ah],
  ['doubts', ({ doubts }) => doubts],
]
