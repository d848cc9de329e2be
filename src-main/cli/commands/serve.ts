import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { Command } from '../command.ts'

export const serveCommand: Command = {
  name: 'serve',
  summary: 'serves the window to a browser on this machine',
  usage: '',
  details: ['Prints the address with its token; listens on 127.0.0.1 only. Ctrl-C ends it.'],
  positionals: { least: 0, most: 0, what: 'no argument' },
  options: {
    port: {
      type: 'integer',
      value: 'N',
      range: { least: 0, most: 65_535 },
      help: 'port (default: 27413, or any free one)',
    },
    open: { type: 'flag', help: 'opens the default browser' },
  },
  run: async ({ arguments: given, application, parts, output, signal }) => {
    if (!existsSync(join(parts.places.page, 'index.html'))) throw windowMissing(parts.places.page)
    const { serveHttp } = await import('../../http/server.ts')
    const port = given.number('port')
    const ports = port === undefined ? {} : { ports: [port] }
    const host = await serveHttp({ application, page: parts.places.page, ...ports })
    output.answer({ schema: 'pimoe-serve/1', address: host.address }, () => host.address)
    if (given.has('open')) {
      const { openBrowser } = await import('../../http/openBrowser.ts')
      openBrowser(host.address)
    }
    if (!signal.aborted) await once(signal, 'abort')
    await host.close()
    return 0
  },
}

function windowMissing(folder: string): Failure {
  return new Failure('usage', 'window-not-built', 'The window is not built.', {
    advice: 'Run npm run build once, then repeat.',
    file: folder,
  })
}
