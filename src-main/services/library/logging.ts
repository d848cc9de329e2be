import { createHash } from 'node:crypto'
import type { LogCheck, LogEntry, ReleasedReport } from '../../../src-shared/contract/reports.ts'
import type { Application } from '../../../src-shared/contract/requests.ts'
import type { StoredRules } from '../../../src-shared/contract/grading.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { Parts } from '../parts.ts'

export function logRequests(parts: Parts): Pick<Application, 'log/list' | 'log/check'> {
  return {
    'log/list': async ({ limit }) => (await parts.library()).log.list(limit ?? 100),
    'log/check': async () => checkLog(await parts.library()),
  }
}

/** Belongs in the transaction of the change. */
export function logRules(library: Library, { version, sha256, note, rules }: StoredRules): void {
  library.log.append({
    kind: 'rules',
    subject: String(version),
    detail: { name: rules.name, sha256, note },
  })
}

export function logRelease(library: Library, released: ReleasedReport): void {
  const { number, revision, cell, sha256, reason } = released
  library.log.append({ kind: 'release', subject: number, detail: { revision, cell, sha256, reason } })
}

/** A folder names a person or a machine; only the file's own name is told. */
export function fileNameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** The chain of the log, and every released report against it. */
export function checkLog(library: Library): LogCheck {
  const check = library.log.check()
  const told = library.log.list(check.entries).filter(({ kind }) => kind === 'release')
  const reports = library.releases.list().flatMap((released) => brokenRelease(library, released, told))
  return { ...check, problems: [...check.problems, ...reports] }
}

function brokenRelease(
  library: Library,
  { number, revision, sha256 }: ReleasedReport,
  told: readonly LogEntry[],
): LogCheck['problems'] {
  const name = `Report ${number}, revision ${revision}`
  const entry = told.find(({ subject, detail }) => subject === number && detail['revision'] === revision)
  if (entry === undefined) return [{ sequence: 0, message: `${name} is not in the log.` }]
  const pdf = library.releases.pdf(number, revision) ?? new Uint8Array()
  const found = createHash('sha256').update(pdf).digest('hex')
  const isSame = found === sha256 && sha256 === entry.detail['sha256']
  return isSame ? [] : [{ sequence: entry.sequence, message: `${name} is not what was released.` }]
}
