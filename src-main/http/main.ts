import { join } from 'node:path'
import { createApplication } from '../services/application.ts'
import { libraryFolder } from '../services/library/libraryFolder.ts'
import { openBrowser } from './openBrowser.ts'
import { serveHttp } from './server.ts'

// What `npm start` runs where there is no Electron: the window in the default browser.

const application = createApplication({ libraryFolder: libraryFolder(), host: 'http' })
const host = await serveHttp({ application, page: join(import.meta.dirname, '../renderer') })
console.log(host.address)
console.error('Ctrl-C ends the program.')
openBrowser(host.address)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())

async function stop(): Promise<void> {
  await host.close()
  await application.close()
  process.exit(0)
}
