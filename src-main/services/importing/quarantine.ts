import { doubtsAmong } from '../../../src-shared/cell/finding.ts'
import { repairSentence, type Repair } from '../../../src-shared/cell/repair.ts'
import type {
  Application,
  ImportedFile,
  QuarantinedFile,
  RepairEffect,
} from '../../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { HeldFile } from '../../library/quarantine.ts'
import { readUnder, takeOrHold } from './deciding.ts'
import type { Parts } from '../parts.ts'
import { forgetBytes, keptPath } from '../library/quarantineFolder.ts'
import type { StatedReading } from '../library/statedDescription.ts'
import { unknownName } from '../unknownName.ts'

type QuarantineRequests = Pick<
  Application,
  'quarantine/list' | 'quarantine/preview' | 'quarantine/accept' | 'quarantine/reject' | 'quarantine/retry'
>

/** The files that wait for a decision: what is in doubt, what a repair would do, and the decision itself. */
export function quarantineRequests(parts: Parts): QuarantineRequests {
  return {
    'quarantine/list': async () => (await parts.library()).quarantine.list().map(quarantinedFile),
    'quarantine/preview': async ({ id, repairs }, { signal }) => {
      const held = heldFile(await parts.library(), id)
      return repairEffect(parts, { held, repairs, signal })
    },
    'quarantine/accept': async ({ id, repairs }, { signal }) => {
      const held = heldFile(await parts.library(), id)
      return decide(parts, { held, repairs, signal })
    },
    'quarantine/reject': async ({ ids }) => {
      const library = await parts.library()
      const held = ids.map((id) => heldFile(library, id))
      const removed = held.map(({ id }) => library.quarantine.remove(id))
      for (const { id } of held) await forgetBytes(library.folder, id)
      return { rejected: removed.reduce((sum, count) => sum + count, 0) }
    },
    'quarantine/retry': async ({ id, ...stated }, { signal }) => {
      const held = heldFile(await parts.library(), id)
      return decide(parts, {
        held: { ...held, setting: { ...held.setting, ...stated } },
        repairs: [],
        signal,
      })
    },
  }
}

/** What accepting the repairs would do; the ones that the findings propose where none are named. */
export async function repairEffect(
  parts: Parts,
  { held, repairs, signal }: { held: HeldFile<StatedReading>; repairs: Repair[]; signal: CancelSignal },
): Promise<RepairEffect> {
  const question = { path: keptPath(parts.libraryFolder, held), stated: held.setting, signal }
  const before = await readUnder(parts, question)
  const after = await readUnder(parts, question, repairs)
  return { repairs, before: before.figures, after: after.figures, findings: [...after.result.findings] }
}

async function decide(
  parts: Parts,
  { held, repairs, signal }: { held: HeldFile<StatedReading>; repairs: Repair[]; signal: CancelSignal },
): Promise<ImportedFile> {
  const readFrom = keptPath(parts.libraryFolder, held)
  const stated = held.setting
  const question = { path: readFrom, stated, signal }
  const plain = await readUnder(parts, question)
  const decided = repairs.length === 0 ? plain : await readUnder(parts, question, repairs)
  const isTrusted = repairs.includes('as-recorded')
  return takeOrHold(await parts.library(), { path: held.path, readFrom, stated, plain, decided, isTrusted })
}

/** Throws Failure `no-such-quarantined-file` (refused). */
export function heldFile(library: Library, id: string): HeldFile<StatedReading> {
  const held = library.quarantine.find(id)
  // What was said of the cell is stored as it was checked when the file came.
  if (held !== null) return { ...held, setting: held.setting as StatedReading }
  const known = library.quarantine.list().map((file) => file.id)
  throw unknownName('quarantined file', id, known, 'refused')
}

function quarantinedFile({ setting: _, findings, ...file }: HeldFile): QuarantinedFile {
  return { ...file, findings: [...findings], proposals: proposalsOf(findings) }
}

function proposalsOf(findings: HeldFile['findings']): QuarantinedFile['proposals'] {
  const repairs = doubtsAmong(findings).flatMap(({ repair }) => repair ?? [])
  return [...new Set(repairs)].map((repair) => ({ repair, effect: repairSentence(repair) }))
}
