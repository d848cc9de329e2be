import { join } from 'node:path'
import { answerCall } from './answerCall.ts'
import { menuTemplate } from './menu.ts'
import { isAccelerated } from './shellSettings.ts'
import { noteStart, startLibrary } from './startLibrary.ts'
import { pageFile } from '../page/pageFile.ts'
import { libraryFolder } from '../services/library/libraryFolder.ts'
import {
  answerPage,
  beforeQuit,
  connectPage,
  denyPermissions,
  drawWithoutHardware,
  focusWindow,
  hasWindow,
  isOnlyInstance,
  onActivate,
  onAllWindowsClosed,
  onApplicationExit,
  onSecondStart,
  openWindow,
  quit,
  registerPageScheme,
  servePage,
  setMenu,
  showError,
  startApplication,
  stopApplication,
  untilReady,
} from './shell.ts'

const here = import.meta.dirname

const start = startLibrary()
const isUsed = isAccelerated(libraryFolder())
if (!isUsed) drawWithoutHardware()
registerPageScheme()
// No await at this level: Electron is not ready before this module has ended.
if (isOnlyInstance()) run().catch(fail)
else {
  report('runs already')
  quit()
}

async function run(): Promise<void> {
  await untilReady()
  const application = startApplication(join(here, 'application.js'), start.folder)
  let isClosing = false
  denyPermissions()
  servePage((path) => pageFile(join(here, '../renderer'), path))
  setMenu(menuTemplate(process.platform))
  answerPage((call, page) =>
    answerCall(call, { connect: () => connectPage(page, application), isUsed, start }),
  )
  onSecondStart(focusWindow)
  onActivate(() => hasWindow() || void showWindow())
  onAllWindowsClosed(() => process.platform === 'darwin' || quit())
  onApplicationExit(application, (code) => {
    if (isClosing) return
    showError(
      'PIMOE stopped',
      `The part that holds the library ended (code ${code}). Start the program again.`,
    )
    quit()
  })
  beforeQuit(() => {
    isClosing = true
    return stopApplication(application)
  })
  await noteStart(start)
  await showWindow()
}

function showWindow(): Promise<void> {
  return openWindow({ preload: join(here, '../preload/preload.cjs'), onShown: () => report('window shown') })
}

function fail(error: unknown): void {
  showError('PIMOE cannot start', error instanceof Error ? error.message : String(error))
  quit()
}

/** `npm start` waits for this line; without it the same window is served for a browser. */
function report(state: 'window shown' | 'runs already'): void {
  process.stdout.write(`pimoe: ${state}\n`)
}
