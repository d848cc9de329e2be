import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import type { WireError } from '../../src-shared/contract/wire.ts'
import { writeFileAtomically } from '../services/exporting/writeFileAtomically.ts'
import { batchFolder, libraryFolder } from '../services/library/libraryFolder.ts'
import { forgetLibrary, librariesNow, openLibrary, openOtherLibrary } from './choosingLibrary.ts'
import { refusalOf } from './refusal.ts'
import { regionalFormat } from './regionalFormat.ts'
import { isAccelerated, setAccelerated } from './shellSettings.ts'
import { askWhatToOpen, askWhereToSave, showInFolder } from './shell.ts'
import type { StartLibrary } from './startLibrary.ts'

const nothing = z.strictObject({})
const folder = z.strictObject({ folder: z.string().min(1) })
const libraryCallSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('libraries'), input: nothing }),
  z.strictObject({ name: z.literal('openLibrary'), input: folder }),
  z.strictObject({ name: z.literal('openOtherLibrary'), input: nothing }),
  z.strictObject({ name: z.literal('forgetLibrary'), input: folder }),
])
const callSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('connect'), input: nothing }),
  z.strictObject({ name: z.literal('openFiles'), input: nothing }),
  z.strictObject({ name: z.literal('regionalFormat'), input: nothing }),
  z.strictObject({ name: z.literal('acceleration'), input: nothing }),
  z.strictObject({ name: z.literal('setAcceleration'), input: z.strictObject({ isWanted: z.boolean() }) }),
  z.strictObject({
    name: z.literal('save'),
    input: z.strictObject({ fileName: z.string(), base64: z.base64() }),
  }),
  z.strictObject({ name: z.literal('showInFolder'), input: z.strictObject({ path: z.string() }) }),
])

/** Written since the program started. */
const saved = new Set<string>()

/** Only what the program wrote may be shown in its folder. */
function show(path: string, library: string): void {
  if (saved.has(path) || dirname(resolve(path)) === batchFolder(library)) showInFolder(path)
}

export interface AnsweringProgram {
  readonly connect: () => void
  /** Whether the graphics processor draws. */
  readonly isUsed: boolean
  readonly start: StartLibrary
}

/** Answers one call of the page; anything that is not exactly one of the calls above is refused. */
export async function answerCall(
  call: unknown,
  { connect, isUsed, start }: AnsweringProgram,
): Promise<unknown> {
  const aboutLibraries = libraryCallSchema.safeParse(call)
  if (aboutLibraries.success) return answerAboutLibraries(aboutLibraries.data, start)
  const parsed = callSchema.safeParse(call)
  if (!parsed.success) throw new Error('The program does not know this call.')
  const known = parsed.data
  switch (known.name) {
    case 'connect':
      connect()
      return undefined
    case 'openFiles':
      return askWhatToOpen()
    case 'regionalFormat':
      return regionalFormat()
    case 'acceleration':
      return { isUsed, isWanted: isAccelerated(libraryFolder()) }
    case 'setAcceleration':
      return refusalOf(() => setAccelerated(libraryFolder(), known.input.isWanted))
    case 'save':
      return save(known.input)
    case 'showInFolder':
      show(known.input.path, start.folder)
      return undefined
  }
}

type LibraryCall = z.infer<typeof libraryCallSchema>

function answerAboutLibraries(call: LibraryCall, start: StartLibrary): unknown {
  switch (call.name) {
    case 'libraries':
      return librariesNow(start)
    case 'openLibrary':
      return openLibrary(start, call.input.folder)
    case 'openOtherLibrary':
      return openOtherLibrary(start)
    case 'forgetLibrary':
      return forgetLibrary(call.input.folder)
  }
}

async function save({
  fileName,
  base64,
}: {
  fileName: string
  base64: string
}): Promise<{ path: string } | { error: WireError } | null> {
  const path = await askWhereToSave(fileName.replaceAll(/[/\\:*?"<>|\0]/g, '_'))
  if (path === null) return null
  const error = await refusalOf(() => writeFileAtomically(path, Buffer.from(base64, 'base64')))
  if (error !== null) return { error }
  saved.add(path)
  return { path }
}
