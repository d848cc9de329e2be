import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { MappingTemplate } from '../../src-shared/cell/mappingTemplate.ts'
import type { FileOpening } from '../../src-shared/contract/imports.ts'
import type { DefaultModel } from '../../src-shared/contract/models.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import type * as NetworkExport from '../checkpoints/exportNetwork.ts'
import type * as CheckpointImport from '../checkpoints/importCheckpoint.ts'
import type * as ModelPackages from '../checkpoints/modelPackage.ts'
import type * as Kernels from '../kernels/kernelForward.ts'
import type * as Bench from '../comparison/bench.ts'
import type * as TensorflowNetwork from '../comparison/tensorflowNetwork.ts'
import type * as PeerBench from '../comparison/peerBench.ts'
import type { Library } from '../library/openLibrary.ts'
import type * as Declared from '../readers/declared/readDeclared.ts'
import type { ReadOptions } from '../readers/readLines.ts'
import type { ReadResult } from '../readers/readResult.ts'
import type * as Report from '../report/report.ts'
import type * as RecordWriting from '../exchange/recordWriter.ts'
import type * as LotReport from '../report/lot/lotReport.ts'
import type * as FineTuning from '../training/tuning/fineTune.ts'
import type * as Evaluation from '../training/judging/evaluate.ts'
import type * as PresetFiles from '../training/presets/presetFiles.ts'
import type * as Presets from '../training/presets/presets.ts'
import type * as RunConfigs from '../training/presets/runConfig.ts'
import type * as Training from '../training/train.ts'
import type { Places } from './places.ts'

/** How a file is to be read. */
export type ReadSetting = Pick<
  ReadOptions,
  'nominalCapacity_Ah' | 'repairs' | 'mapping' | 'templates' | 'onRow' | 'onProgress'
>

/** What the services are wired from. Every part is loaded when it is first needed, so that a short question stays short. */
export interface Parts {
  readonly places: Places
  readonly host: 'electron' | 'http' | 'cli'
  /** Folder of the library, known without opening it. */
  readonly libraryFolder: string
  /** Folders of model packages, the user's own first. */
  readonly modelFolders: readonly string[]
  readonly library: () => Promise<Library>
  readonly readFile: (path: string, signal: CancelSignal, setting?: ReadSetting) => Promise<ReadResult>
  /** The first part of a long text; null for what is short, or is none. */
  readonly readPart: (
    path: string,
    signal: CancelSignal,
    setting: ReadSetting & { readonly part_bytes: number },
  ) => Promise<{ result: ReadResult; of_bytes: number } | null>
  /** Its first lines as they stand. */
  readonly fileOpening: (path: string, stated: TableMapping) => Promise<FileOpening>
  /** The mappings that the library keeps, if there is one; it is only looked at. */
  readonly templates: () => Promise<readonly MappingTemplate[]>
  /** The default model that the library chose, if there is one; it is only looked at. */
  readonly chosenDefault: () => Promise<DefaultModel | null>
  /** Measurement files among paths and in folders. */
  readonly expandPaths: (paths: readonly string[]) => Promise<string[]>
  readonly declared: () => Promise<typeof Declared>
  readonly modelPackages: () => Promise<typeof ModelPackages>
  readonly kernels: () => Promise<typeof Kernels>
  readonly checkpointImport: () => Promise<typeof CheckpointImport>
  readonly networkExport: () => Promise<typeof NetworkExport>
  readonly recordWriter: () => Promise<typeof RecordWriting>
  readonly report: () => Promise<typeof Report>
  readonly lotReport: () => Promise<typeof LotReport>
  readonly presets: () => Promise<typeof Presets>
  readonly presetFiles: () => Promise<typeof PresetFiles>
  readonly runConfigs: () => Promise<typeof RunConfigs>
  readonly training: () => Promise<typeof Training>
  readonly tuning: () => Promise<typeof FineTuning>
  readonly evaluation: () => Promise<typeof Evaluation>
  readonly bench: () => Promise<typeof Bench>
  readonly tensorflow: () => Promise<typeof TensorflowNetwork>
  readonly peerBench: () => Promise<typeof PeerBench>
  readonly close: () => Promise<void>
}
