import { once } from 'node:events'
import { answerBlock, type AnsweredBlock, type BatchAnswer } from '../../services/batch/answerBlock.ts'
import { openBatchFile, otherBatch, type BatchFile } from '../../services/batch/batchFile.ts'
import { answerCount, batchOrder, type BatchOrder } from '../../services/batch/batchOrder.ts'
import { runBatch } from '../../services/batch/runBatch.ts'
import type { Command, CommandCall } from '../command.ts'
import { answerOptions, answerSettings, scenarioNamed } from '../questionOptions.ts'
import { percent, table, type TableValue } from '../table.ts'

export const batchCommand: Command = {
  name: 'batch',
  summary: 'assesses many cells of the library under many planned uses',
  usage: '[--cells ID…] [--scenarios (FILE or NAME)…]',
  details: [
    'Each answer is what assess gives; a cell that cannot be answered is told in its place, and the batch goes on.',
    'Without cells all of the library; without scenarios each cell goes on as it was used.',
    'With --out an interrupted batch is taken up by --resume.',
  ],
  positionals: { least: 0, most: 0, what: 'no arguments' },
  options: {
    cells: { type: 'texts', value: 'ID…', help: 'cells, up to the next option (default: all)' },
    scenarios: { type: 'texts', value: 'FILE…', help: 'JSON files or stored names, up to the next option' },
    'json-lines': { type: 'flag', help: 'one JSON document a line, as soon as it is known' },
    out: { type: 'text', value: 'FILE', help: 'writes the lines to a file' },
    resume: { type: 'flag', help: 'goes on behind the last whole line of the file of --out' },
    threads: {
      type: 'integer',
      value: 'N',
      range: { least: 1, most: 256 },
      help: 'threads (default: one for each core, at most one for 256 answers); all give the same bits',
    },
    ...answerOptions,
  },
  run: async (call) => {
    const { arguments: given, output } = call
    const order = await orderOf(call)
    const out = given.text('out')
    if (out !== undefined) return toFile(call, order, out)
    if (given.has('json-lines')) return toLines(call, order)
    return output.json ? toDocument(call, order) : toTable(call, order)
  },
}

async function orderOf(call: CommandCall): Promise<BatchOrder> {
  const { arguments: given, parts } = call
  const named = given.texts('cells')
  const scenarios = []
  for (const scenario of given.texts('scenarios')) scenarios.push(await scenarioNamed(call, scenario))
  const cells = named.length === 1 && named[0] === 'all' ? [] : named
  return batchOrder(parts, { cells, scenarios, settings: answerSettings(given) })
}

function blocksOf(
  { parts, signal, arguments: given }: CommandCall,
  order: BatchOrder,
  first = 0,
): AsyncGenerator<AnsweredBlock> {
  const threads = given.number('threads')
  return runBatch(order, { parts, signal, first, ...(threads === undefined ? {} : { threads }) })
}

async function toLines(call: CommandCall, order: BatchOrder): Promise<number> {
  let answered = 0
  for await (const block of blocksOf(call, order)) {
    answered += block.answered
    await writeOut(block.lines)
  }
  return exitCode(order, answered)
}

/** Nothing is written before the last answer is known: a document is whole, or it is an error's. */
async function toDocument(call: CommandCall, order: BatchOrder): Promise<number> {
  const blocks: AnsweredBlock[] = []
  for await (const block of blocksOf(call, order)) blocks.push(block)
  await writeOut('{"schema":"pimoe-batch/1","answers":[')
  for (const [i, { lines }] of blocks.entries()) {
    const isLast = i === blocks.length - 1
    await writeOut((isLast ? lines.subarray(0, -1) : lines).map((byte) => (byte === newline ? comma : byte)))
  }
  await writeOut(']}\n')
  return exitCode(
    order,
    blocks.reduce((sum, { answered }) => sum + answered, 0),
  )
}

const newline = 10
const comma = 44

async function toTable(call: CommandCall, order: BatchOrder): Promise<number> {
  const rows: TableValue[][] = []
  let answered = 0
  for await (const block of blocksOf(call, order)) {
    answered += block.answered
    const lines = new TextDecoder().decode(block.lines).trimEnd().split('\n')
    rows.push(...lines.map((line) => batchRow(JSON.parse(line) as BatchAnswer)))
  }
  const headings = ['id', 'cell', 'scenario', 'Ah', 'SOH', 'P10', 'P50', 'P90', 'evidence', '']
  await writeOut(`${table(headings, rows)}\n`)
  return exitCode(order, answered)
}

/** A reader that is slower than the batch makes it wait. */
async function writeOut(chunk: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(chunk)) await once(process.stdout, 'drain')
}

async function toFile(call: CommandCall, order: BatchOrder, path: string): Promise<number> {
  const resume = call.arguments.has('resume')
  const file = await openBatchFile(path, { resume })
  let answered = 0
  try {
    await requireSameBatch(call, { order, file, path })
    for await (const block of blocksOf(call, order, file.lines)) {
      answered += block.answered
      await file.write(block.lines)
    }
  } finally {
    await file.close()
  }
  const lines = answerCount(order)
  call.output.answer({ schema: 'pimoe-batch/1', file: path, lines, resumedAfter: file.lines }, () =>
    resume ? `${lines} lines in ${path}, ${file.lines} of them from before` : `${lines} lines in ${path}`,
  )
  return lines === file.lines ? 0 : exitCode(order, answered)
}

/** The same question gives the same bits: the last line that is there is answered again and must be the same. */
async function requireSameBatch(
  { parts, models }: CommandCall,
  { order, file, path }: { order: BatchOrder; file: BatchFile; path: string },
): Promise<void> {
  if (file.last === null) return
  if (file.lines > answerCount(order)) throw otherBatch(path)
  const last = { first: file.lines - 1, end: file.lines }
  const { lines } = await answerBlock(order, last, { library: await parts.library(), models })
  if (new TextDecoder().decode(lines) !== `${file.last}\n`) throw otherBatch(path)
}

function exitCode(order: BatchOrder, answered: number): number {
  return answered > 0 || answerCount(order) === 0 ? 0 : 4
}

function batchRow(answer: BatchAnswer): TableValue[] {
  const { id, cell, scenario } = answer
  const first = [id, cell, scenario.name]
  if ('error' in answer)
    return [...first, null, null, null, null, null, 'not determinable', answer.error.message]
  const { presentCapacity, stateOfHealth, endOfLife, simulated } = answer
  return [
    ...first,
    presentCapacity.value_Ah,
    percent(stateOfHealth.value),
    endOfLife.p10,
    endOfLife.p50,
    endOfLife.p90,
    endOfLife.evidence,
    simulated ? 'SIMULATED' : '',
  ]
}
