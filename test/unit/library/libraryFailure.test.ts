import { expect, it } from 'vitest'
import { isExpected, libraryFailure } from '../../../src-main/library/libraryFailure.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const gone = '/no such folder/library'

function failed(code: string, folder: string): unknown {
  return libraryFailure(Object.assign(new Error('as the system says it'), { code }), folder)
}

it.each([
  ['SQLITE_READONLY', 'library-read-only'],
  ['SQLITE_READONLY_DBMOVED', 'library-read-only'],
  ['EROFS', 'library-read-only'],
  ['EACCES', 'library-read-only'],
  ['SQLITE_FULL', 'library-full'],
  ['SQLITE_BUSY', 'library-busy'],
  ['SQLITE_NOTADB', 'library-damaged'],
  ['SQLITE_IOERR_READ', 'library-folder'],
  ['SQLITE_CANTOPEN', 'library-folder'],
])('tells %s as %s, where it was and what to do', (code, told) => {
  const folder = temporaryFolder()
  expect(failed(code, folder)).toMatchObject({ kind: 'refused', code: told })
  const { detail } = failed(code, folder) as { detail: { file: string; advice: string } }
  expect(detail.file).toContain(folder)
  expect(detail.advice).toMatch(/\.$/)
})

it('calls no folder read-only that is gone', () => {
  expect(failed('SQLITE_CANTOPEN', gone)).toMatchObject({ code: 'library-folder' })
})

it('leaves a bug as it is', () => {
  const bug = Object.assign(new Error('no such column'), { code: 'SQLITE_ERROR' })
  expect(isExpected(bug)).toBe(false)
})
