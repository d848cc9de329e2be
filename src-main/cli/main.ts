import { Failure } from '../../src-shared/failure/failure.ts'
import { createApplication, wireParts } from '../services/application.ts'
import { libraryFolder } from '../services/library/libraryFolder.ts'
import { unknownName } from '../services/unknownName.ts'
import { abortOnInterrupt } from './abort.ts'
import type { Command } from './command.ts'
import { commands } from './commands.ts'
import { commandHelp, commonOptions, programHelp } from './help.ts'
import { parseArguments, type Arguments } from './options.ts'
import { createOutput, reportFailure, type Output } from './output.ts'

// A reader that closes its end early, such as `head`, is no failure; who stops listening to messages stops no work.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
process.stderr.on('error', () => undefined)

const words = process.argv.slice(2)
const output = createOutput(words.includes('--json'))
const code = await run(words, output).catch((error: unknown) => reportFailure(error, output))
process.stdout.write('', () => process.exit(code))

async function run(words: readonly string[], output: Output): Promise<number> {
  const name = words.at(0)
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(`${programHelp(commands)}\n`)
    return name === undefined ? 2 : 0
  }
  const command = findCommand(name)
  const given = parseArguments(words.slice(1), { ...command.options, ...commonOptions })
  if (given.has('help')) {
    process.stdout.write(`${commandHelp(command)}\n`)
    return 0
  }
  checkPositionals(command, given)
  return runCommand(command, given, output)
}

async function runCommand(command: Command, given: Arguments, output: Output): Promise<number> {
  const options = { libraryFolder: libraryFolder({ named: given.text('library') }), host: 'cli' } as const
  const wired = wireParts(options)
  const application = createApplication(options, wired)
  const { signal, release } = abortOnInterrupt()
  try {
    return await command.run({ arguments: given, output, signal, application, ...wired })
  } finally {
    release()
    await application.close()
  }
}

function findCommand(name: string): Command {
  const found = commands.find(
    (command) => command.name === name || (name === 'model' && command.name === 'models'),
  )
  if (found !== undefined) return found
  throw unknownName(
    'command',
    name,
    commands.map((command) => command.name),
  )
}

function checkPositionals({ name, usage, positionals }: Command, given: Arguments): void {
  const { least, most, what } = positionals
  const count = given.positionals.length
  if (count >= least && count <= most) return
  const message = count < least ? `${name} needs ${what}.` : `${name} takes ${what}, ${count} were given.`
  throw new Failure('usage', 'wrong-arguments', message, { advice: `Write pimoe ${name} ${usage}` })
}
