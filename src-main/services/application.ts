import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Application } from '../../src-shared/contract/requests.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { libraryFileName } from '../library/libraryFile.ts'
import type { Library } from '../library/openLibrary.ts'
import { abortSignal } from './abortSignal.ts'
import { assessmentRequests } from './assessing/assessing.ts'
import { batchRequests } from './batch/batchRequests.ts'
import { cellRequests } from './library/cells.ts'
import { changeRequests } from './library/changing.ts'
import { comparisonRequests } from './assessing/comparing.ts'
import { datasetRequests } from './importing/datasets.ts'
import { declaringRequests } from './importing/declaring.ts'
import { defaultModelRequests } from './tuning/defaultModels.ts'
import { exportRequests } from './modelShelf/exporting.ts'
import { followingRequests } from './assessing/following.ts'
import { gradingRequests } from './grading/grading.ts'
import { adviceRequests } from './assessing/advising.ts'
import { importRequests } from './importing/importing.ts'
import { keepingRequests } from './library/keeping.ts'
import { placeFindings } from './library/libraryPlace.ts'
import { inspectRequests } from './importing/inspecting.ts'
import { logRequests } from './library/logging.ts'
import { modelRequests, modelShelf, type ModelShelf } from './modelShelf/models.ts'
import { endInterruptedRuns } from './library/interruptedRuns.ts'
import type { Parts } from './parts.ts'
import { programPlaces } from './places.ts'
import { quarantineRequests } from './importing/quarantine.ts'
import { reportRequests } from './reporting/reporting.ts'
import { resultRequests } from './exporting/results.ts'
import { scenarioRequests } from './assessing/scenarios.ts'
import { recordSignalRequests } from './library/recordSignals.ts'
import { scoreRequests } from './assessing/scoring.ts'
import { templateRequests } from './importing/templates.ts'
import { trainingService } from './training/training.ts'

export interface ApplicationOptions {
  libraryFolder: string
  host: 'electron' | 'http' | 'cli'
  /** Where model packages are looked for; absent: the library's own folder, then the program's. */
  modelFolders?: readonly string[]
}

export interface RunningApplication extends Application {
  /** Stops what runs and closes the library. */
  close(): Promise<void>
}

/** The one application behind every host, wired from its services. The library is opened by the first request that needs it. */
export function createApplication(
  options: ApplicationOptions,
  { parts, models }: Wired = wireParts(options),
): RunningApplication {
  const training = trainingService(parts, models)
  return {
    'app/info': async () => ({
      version: parts.places.version,
      library: (await parts.library()).folder,
      host: options.host,
      defaultModel: await models.defaultName(),
      place: placeFindings(parts.libraryFolder),
    }),
    ...adviceRequests(parts, models),
    ...importRequests(parts),
    ...inspectRequests(parts),
    ...datasetRequests(parts),
    ...quarantineRequests(parts),
    ...cellRequests(parts, models),
    ...changeRequests(parts),
    ...assessmentRequests(parts, models),
    ...followingRequests(parts, models),
    ...gradingRequests(parts),
    ...declaringRequests(parts),
    ...resultRequests(parts),
    ...recordSignalRequests(parts),
    ...scoreRequests(parts),
    ...scenarioRequests(parts),
    ...templateRequests(parts),
    ...comparisonRequests(parts, models),
    ...batchRequests(parts),
    ...modelRequests(parts, models),
    ...defaultModelRequests(parts, models),
    ...exportRequests(parts, models),
    ...training.requests,
    ...reportRequests(parts, models),
    ...keepingRequests(parts),
    ...logRequests(parts),
    close: async () => {
      await training.close()
      await parts.close()
    },
  }
}

export interface Wired {
  readonly parts: Parts
  readonly models: ModelShelf
}

/** Parts and models, each loaded on first use: what works on files alone never opens the library. */
export function wireParts(options: ApplicationOptions): Wired {
  const places = programPlaces()
  const { library, opened, close } = lazyLibrary(options.libraryFolder)
  const modelFolders = options.modelFolders ?? [join(options.libraryFolder, 'models'), places.models]
  const parts: Parts = {
    places,
    host: options.host,
    libraryFolder: options.libraryFolder,
    modelFolders,
    library,
    close,
    readFile: async (path, signal, setting) =>
      (await import('../readers/readFile.ts')).readFile(path, { ...setting, signal: abortSignal(signal) }),
    readPart: async (path, signal, { part_bytes, ...setting }) =>
      (await import('../readers/readFile.ts')).readPart(path, {
        ...setting,
        part_bytes,
        signal: abortSignal(signal),
      }),
    fileOpening: async (path, stated) =>
      (await import('../readers/fileOpening.ts')).fileOpening(path, stated),
    templates: async () => (await import('../library/readTemplates.ts')).readTemplates(options.libraryFolder),
    // Asked with every answer: a library that is open is not opened again.
    chosenDefault: async () => {
      const own = await opened()
      if (own !== null) return own.defaultModels.newest()
      return (await import('../library/readDefaultModel.ts')).readDefaultModel(options.libraryFolder)
    },
    expandPaths: async (paths) => (await import('../readers/expandPaths.ts')).expandPaths(paths),
    declared: () => import('../readers/declared/readDeclared.ts'),
    modelPackages: () => import('../checkpoints/modelPackage.ts'),
    kernels: () => import('../kernels/kernelForward.ts'),
    checkpointImport: () => import('../checkpoints/importCheckpoint.ts'),
    networkExport: () => import('../checkpoints/exportNetwork.ts'),
    report: () => import('../report/report.ts'),
    recordWriter: () => import('../exchange/recordWriter.ts'),
    lotReport: () => import('../report/lot/lotReport.ts'),
    presets: () => import('../training/presets/presets.ts'),
    presetFiles: () => import('../training/presets/presetFiles.ts'),
    runConfigs: () => import('../training/presets/runConfig.ts'),
    training: () => import('../training/train.ts'),
    tuning: () => import('../training/tuning/fineTune.ts'),
    evaluation: () => import('../training/judging/evaluate.ts'),
    bench: () => import('../comparison/bench.ts'),
    tensorflow: () => import('../comparison/tensorflowNetwork.ts'),
    peerBench: () => import('../comparison/peerBench.ts'),
  }
  return { parts, models: modelShelf(parts) }
}

interface LazyLibrary extends Pick<Parts, 'library' | 'close'> {
  /** Null where nothing has asked for the library yet, or it could not be opened. */
  readonly opened: () => Promise<Library | null>
}

function lazyLibrary(folder: string): LazyLibrary {
  let opened: Promise<Library> | null = null
  let isGone = false

  function open(): Promise<Library> {
    return (opened ??= openOnce(folder).catch((error: unknown) => {
      opened = null
      throw error
    }))
  }

  /** An open file can still be written after its folder was taken away: what is stored then is lost. */
  async function present(): Promise<Library> {
    const library = await open()
    if (!existsSync(join(folder, libraryFileName))) {
      isGone = true
      throw libraryGone(folder)
    }
    if (isGone) {
      // What came back may be another file.
      isGone = false
      opened = null
      library.close()
    }
    return open()
  }

  return {
    library: present,
    opened: async () => (await opened?.catch(() => null)) ?? null,
    close: async () => {
      const library = await opened?.catch(() => null)
      opened = null
      library?.close()
    },
  }
}

function libraryGone(file: string): Failure {
  return new Failure('refused', 'library-gone', 'The library is not in its folder any more.', {
    advice: 'Put the folder back where it was, then repeat. Nothing was stored since it went.',
    file,
  })
}

async function openOnce(folder: string): Promise<Library> {
  const { openLibrary } = await import('../library/openLibrary.ts')
  const library = openLibrary(folder)
  endInterruptedRuns(library)
  return library
}
