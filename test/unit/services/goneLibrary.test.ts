import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createApplication } from '../../../src-main/services/application.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const context = { signal: new AbortController().signal, progress: () => undefined }

// Windows lets nobody take away a folder with an open file.
it.skipIf(process.platform === 'win32')(
  'stores nothing in a library whose folder was taken away, and goes on once it is back',
  async () => {
    const place = temporaryFolder()
    const folder = join(place, 'Bücherei')
    const application = createApplication({ libraryFolder: folder, host: 'cli' })
    await application['samples/import']({}, context)
    const [first] = await application['cells/list']({}, context)
    const change = (lot: string) =>
      application['cells/change']({ ids: [first.id], changes: { lot } }, context)
    renameSync(folder, join(place, 'away'))
    await expect(change('lost')).rejects.toMatchObject({ code: 'library-gone', kind: 'refused' })
    renameSync(join(place, 'away'), folder)
    await change('kept')
    const again = await application['cells/list']({}, context)
    expect(again.find(({ id }) => id === first.id)?.label.lot).toBe('kept')
    await application.close()
  },
)
