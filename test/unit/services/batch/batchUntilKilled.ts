import { wireParts } from '../../../../src-main/services/application.ts'
import { batchRequests } from '../../../../src-main/services/batch/batchRequests.ts'
import { measuredCycle } from '../../forecast/fixtures.ts'

// Fills a library and answers a batch of it, telling of each block, until it is killed. Arguments: library, models.
const [libraryFolder = '', modelFolder = ''] = process.argv.slice(2)
const { parts } = wireParts({ libraryFolder, host: 'cli', modelFolders: [modelFolder] })
const library = await parts.library()
const importedAt = '2026-01-01T00:00:00.000Z'
library.transaction(() => {
  for (let i = 0; i < 3000; i++) {
    const id = `cell-${i}`
    const description = { name: id, chemistry: 'NCA', nominalCapacity_Ah: 3.5, temperature_degC: 25 }
    library.cells.insert({ id, importedAt, description: { ...description, simulated: false } })
    const sha256 = i.toString(16).padStart(64, '0')
    const file = { path: 'x', sha256, bytes: 1, format: 'test', importedAt, findings: [], acceptance: null }
    const recordId = library.records.insert(id, file)
    const charge = Float64Array.from({ length: 50 }, (_, step) => step * 0.036)
    const cycle = measuredCycle({ row: 0, number: 1, chargeCurve: { from: 3.6, to: 4.15, charge } })
    library.cycles.insertAll({ cellId: id, recordId }, [{ cycle, trace: null }])
  }
})
await batchRequests(parts)['batches/run'](
  { cells: [], scenarios: [] },
  { signal: new AbortController().signal, progress: () => process.stdout.write('.') },
)
