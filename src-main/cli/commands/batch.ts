import { once } from 'node:events'
import { batchAnswers, batchTasks, ownUse, type BatchAnswer, type BatchTask } from '../../services/batch.ts'
import { openBatchFile, otherBatch, type BatchFile } from '../../services/batchFile.ts'
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
    ...answerOptions,
  },
  run: async (call) => {
    const { arguments: given, output } = call
    const tasks = await tasksOf(call)
    const out = given.text('out')
    if (out !== undefined) return toFile(call, tasks, out)
    if (given.has('json-lines')) return toLines(call, tasks)
    const answers: BatchAnswer[] = []
    for await (const answer of answersOf(call, tasks)) answers.push(answer)
    output.answer({ schema: 'pimoe-batch/1', answers }, () => batchText(answers))
    return answers.length === 0 || answers.some(isAnswered) ? 0 : 4
  },
}

async function tasksOf(call: CommandCall): Promise<BatchTask[]> {
  const { arguments: given, parts } = call
  const named = given.texts('cells')
  const scenarios = []
  for (const scenario of given.texts('scenarios')) scenarios.push(await scenarioNamed(call, scenario))
  return batchTasks(parts, { cells: named.length === 1 && named[0] === 'all' ? [] : named, scenarios })
}

function answersOf(call: CommandCall, tasks: readonly BatchTask[]): AsyncGenerator<BatchAnswer> {
  const { parts, models, signal } = call
  return batchAnswers(tasks, { parts, models, signal, settings: answerSettings(call.arguments) })
}

/** A reader that is slower than the batch makes it wait. */
async function toLines(call: CommandCall, tasks: readonly BatchTask[]): Promise<number> {
  let answered = 0
  for await (const answer of answersOf(call, tasks)) {
    if (isAnswered(answer)) answered++
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) await once(process.stdout, 'drain')
  }
  return tasks.length === 0 || answered > 0 ? 0 : 4
}

async function toFile(call: CommandCall, tasks: readonly BatchTask[], path: string): Promise<number> {
  const resume = call.arguments.has('resume')
  const file = await openBatchFile(path, { resume })
  let answered = 0
  try {
    await requireSameBatch(call, { tasks, file, path })
    for await (const answer of answersOf(call, tasks.slice(file.lines))) {
      if (isAnswered(answer)) answered++
      await file.write(JSON.stringify(answer))
    }
  } finally {
    await file.close()
  }
  const lines = tasks.length
  call.output.answer({ schema: 'pimoe-batch/1', file: path, lines, resumedAfter: file.lines }, () =>
    resume ? `${lines} lines in ${path}, ${file.lines} of them from before` : `${lines} lines in ${path}`,
  )
  return lines === file.lines || answered > 0 ? 0 : 4
}

/** The same question gives the same bits: the last line that is there is answered again and must be the same. */
async function requireSameBatch(
  call: CommandCall,
  { tasks, file, path }: { tasks: readonly BatchTask[]; file: BatchFile; path: string },
): Promise<void> {
  if (file.last === null) return
  const again = answersOf(call, tasks.slice(file.lines - 1, file.lines))
  const { value } = (await again.next()) as { value: BatchAnswer | undefined }
  if (JSON.stringify(value) !== file.last) throw otherBatch(path)
}

function isAnswered(answer: BatchAnswer): boolean {
  return !('error' in answer)
}

function batchText(answers: readonly BatchAnswer[]): string {
  const headings = ['id', 'cell', 'scenario', 'Ah', 'SOH', 'P10', 'P50', 'P90', 'evidence', '']
  return table(headings, answers.map(batchLine))
}

function batchLine(answer: BatchAnswer): TableValue[] {
  const { id, cell, scenario } = answer
  const first = [id, cell, scenario.name || ownUse]
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
