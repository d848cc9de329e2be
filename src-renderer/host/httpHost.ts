import type {
  FilePayload,
  RequestName,
  RequestOutput,
  RequestProgress,
} from '../../src-shared/contract/requests.ts'
import type { WireAnswer } from '../../src-shared/contract/wire.ts'
import { t } from '../locales/en.ts'
import { bytesOf } from './base64.ts'
import { noteConnection } from './connection.ts'
import { droppedFiles } from './droppedFiles.ts'
import type { HandedFiles, Host, RequestOptions, SavedFile } from './hostInterface.ts'
import { pickFiles } from './pickFiles.ts'
import { cancelledError, lostError, RequestError, wireErrorOf } from './requestError.ts'

/** The loopback server: one POST a request, answered line by line; leaving the answer cancels the request. */
export function httpHost(): Host {
  return {
    kind: 'http',
    request,
    dropped: async (transfer) => (await droppedFiles(transfer)).map(({ file }) => file),
    pathsOf: handOver,
    chooseFiles: async (signal) => handOver(await pickFiles({ multiple: true }), signal),
    save,
    show: () => Promise.resolve(),
    region: () => Promise.resolve(null),
    acceleration: null,
    libraries: null,
  }
}

let lastId = 0

async function request<N extends RequestName>(
  name: N,
  input: unknown,
  options: RequestOptions<N> = {},
): Promise<RequestOutput<N>> {
  const response = await post('/rpc', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: ++lastId, name, input }),
    signal: options.signal ?? null,
  })
  for await (const line of lines(response, options.signal)) {
    const answer = JSON.parse(line) as WireAnswer
    if ('error' in answer) throw new RequestError(answer.error)
    if ('output' in answer) return answer.output as RequestOutput<N>
    options.onProgress?.(answer.progress as RequestProgress<N>)
  }
  throw lostError()
}

async function post(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, { method: 'POST', ...init })
    noteConnection('answers')
    return response
  } catch {
    throw init.signal?.aborted === true ? cancelledError() : lostError()
  }
}

async function* lines(response: Response, signal?: AbortSignal): AsyncGenerator<string> {
  if (response.body === null) throw lostError()
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let begun: string[] = []
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw signal?.aborted === true ? cancelledError() : lostError()
    })
    // A long line comes in many parts: joined once, when it ends.
    const [first = '', ...others] = (value ?? '').split('\n')
    begun.push(first)
    if (others.length > 0 || done) {
      const ended = [begun.join(''), ...(done ? others : others.slice(0, -1))]
      begun = done ? [] : others.slice(-1)
      yield* ended.filter((line) => line.trim() !== '')
    }
    if (done) return
  }
}

/** One after the other: a file that cannot be handed over leaves the others alone. */
async function handOver(files: readonly File[], signal?: AbortSignal): Promise<HandedFiles> {
  const paths: string[] = []
  const refused: HandedFiles['refused'][number][] = []
  for (const file of files) {
    try {
      paths.push(await upload(file, signal))
    } catch (error) {
      const wire = wireErrorOf(error)
      if (wire.kind === 'cancelled' || wire.code === 'connection-lost') throw error
      refused.push({ name: file.name, error: wire })
    }
  }
  return { paths, refused }
}

async function upload(file: File, signal?: AbortSignal): Promise<string> {
  const path = `/upload?name=${encodeURIComponent(file.name)}`
  const response = await post(path, { body: file, signal: signal ?? null })
  const answer = (await response.json()) as { path: string } | { error: RequestError['wire'] }
  if ('error' in answer) throw new RequestError(answer.error)
  return answer.path
}

function save(file: FilePayload): Promise<SavedFile> {
  const url = URL.createObjectURL(new Blob([bytesOf(file.base64)], { type: file.mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = file.fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return Promise.resolve({ place: t.saving.downloads(file.fileName), path: null })
}
