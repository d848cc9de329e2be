import type { Application, FilePayload } from '../../../src-shared/contract/requests.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { ExportFormat } from '../../checkpoints/exportNetwork.ts'
import type { ModelShelf } from './models.ts'
import type { Parts } from '../parts.ts'

export interface ExportedModel {
  readonly package: ModelPackage
  readonly bytes: Uint8Array
}

export function exportRequests(
  parts: Pick<Parts, 'networkExport'>,
  models: ModelShelf,
): Pick<Application, 'models/export'> {
  return {
    'models/export': async ({ model, format }): Promise<FilePayload> => {
      const { package: exported, bytes } = await exportModel(parts, models, { model, format })
      return {
        fileName: `${exported.manifest.name}.${format}`,
        mediaType: 'application/octet-stream',
        base64: Buffer.from(bytes).toString('base64'),
      }
    },
  }
}

/** A package, by name or folder, as one file for other programs. Throws `no-such-model` and what reading a package throws. */
export async function exportModel(
  parts: Pick<Parts, 'networkExport'>,
  models: ModelShelf,
  { model, format }: { model: string; format: ExportFormat },
): Promise<ExportedModel> {
  const found = await models.find(model)
  const { exportNetwork } = await parts.networkExport()
  return { package: found, bytes: exportNetwork(found, format) }
}
