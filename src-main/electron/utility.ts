import { createApplication } from '../services/application.ts'
import { libraryFolder } from '../services/library/libraryFolder.ts'
import { openEarly } from '../services/openEarly.ts'
import { servePort, type ServedPort } from './servePort.ts'

// The utility process: one application, a port for each window. Messages of main: {type:'port'} with a port, {type:'close'}.

interface ParentPort {
  on(
    event: 'message',
    listener: (message: { data: { type: 'port' | 'close' }; ports: ServedPort[] }) => void,
  ): void
}

const application = createApplication({ libraryFolder: libraryFolder(), host: 'electron' })
openEarly(application)
const { parentPort } = process as unknown as { parentPort: ParentPort }

parentPort.on('message', ({ data, ports }) => {
  if (data.type === 'close') void application.close().then(() => process.exit(0))
  else for (const port of ports) servePort(application, port)
})
