import { openLibrary } from '../../../src-main/library/openLibrary.ts'
import { restoreLibrary } from '../../../src-main/library/restore.ts'

// Starts to restore, and dies after so many steps of the copy.
const [folder = '', file = '', steps = '1'] = process.argv.slice(2)
const library = openLibrary(folder)
let left = Number(steps)
await restoreLibrary({
  folder,
  file,
  present: library,
  now: new Date(),
  signal: { aborted: false } as AbortSignal,
  progress: () => {
    left -= 1
    if (left <= 0) process.kill(process.pid, 'SIGKILL')
  },
})
process.kill(process.pid, 'SIGKILL')
