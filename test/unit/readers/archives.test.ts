import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { expandPaths } from '../../../src-main/readers/expandPaths.ts'
import { readFile } from '../../../src-main/readers/readFile.ts'
import { copyMeasurement } from '../../../src-main/readers/source/copyMeasurement.ts'
import { signalRows, signalText } from '../../fixtures/signalTable.ts'
import { workbookOf, zipOf, type ZipPart } from '../../fixtures/workbook.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const text = signalText(signalRows())

function archive(parts: readonly ZipPart[], name = 'Zellen ö.zip'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, zipOf(parts))
  return path
}

describe('a zip archive', () => {
  it('is read as its files, in order, without hidden ones and folders', async () => {
    const path = archive([
      { name: 'lot 2/b.csv', content: text },
      { name: 'lot 2/', content: '' },
      { name: '__MACOSX/lot 2/._b.csv', content: 'x' },
      { name: 'a.csv', content: text },
      { name: '.DS_Store', content: 'x' },
      { name: '../../up.csv', content: text },
    ])
    expect(await expandPaths([path])).toEqual([
      join(path, 'a.csv'),
      join(path, 'lot 2', 'b.csv'),
      join(path, 'up.csv'),
    ])
  })

  it('gives the same record and hash as the file beside it', async () => {
    const path = archive([{ name: 'tief/er/zelle 7.csv', content: text }])
    const outside = join(temporaryFolder(), 'zelle 7.csv')
    writeFileSync(outside, text)
    const [inside, alone] = [await readFile(join(path, 'tief/er/zelle 7.csv')), await readFile(outside)]
    expect({ ...inside, condition: '' }).toEqual({ ...alone, condition: '' })
    const copy = join(temporaryFolder(), 'kopie.csv')
    await copyMeasurement(join(path, 'tief/er/zelle 7.csv'), copy)
    expect((await readFile(copy)).sha256).toBe(alone.sha256)
  })

  it('holds workbooks and gzipped files as well, and counts as their folder', async () => {
    const rows = signalRows().map(({ time, voltage, current }) => [time, voltage, current])
    const workbook = workbookOf([
      { name: 'record', rows: [['Time(s)', 'Voltage(V)', 'Current(A)'], ...rows] },
    ])
    const path = archive([
      { name: 'a.xlsx', content: workbook },
      { name: 'b.csv.gz', content: gzipSync(text) },
    ])
    expect((await readFile(join(path, 'a.xlsx'))).rows).toBe(rows.length)
    const { rows: unpacked, cellName, condition } = await readFile(join(path, 'b.csv.gz'))
    expect({ unpacked, cellName, condition }).toEqual({
      unpacked: rows.length,
      cellName: 'b',
      condition: 'Zellen ö',
    })
  })

  it('tells how far a file has been read', async () => {
    const path = archive([{ name: 'a.csv', content: text }])
    let last = 0
    await readFile(join(path, 'a.csv'), { onProgress: (fraction) => (last = fraction) })
    expect(last).toBe(1)
  })
})

describe('refused is', () => {
  const damagedAt = (content: Buffer, at: number) => {
    content[at] ^= 0xff
    return content
  }

  async function refusal(path: string): Promise<unknown> {
    return readFile(path).then(
      () => null,
      (error: unknown) => error,
    )
  }

  it('an archive inside an archive', async () => {
    const inner = zipOf([{ name: 'a.csv', content: text }])
    const path = archive([{ name: 'inner.zip', content: inner }])
    expect(await expandPaths([path])).toEqual([join(path, 'inner.zip')])
    expect(await refusal(join(path, 'inner.zip'))).toMatchObject({ code: 'nested-archive' })
    expect(await refusal(join(path, 'inner.zip', 'a.csv'))).toMatchObject({ code: 'not-found' })
  })

  it('an archive named as a file, with the name of a file in it', async () => {
    const path = archive([{ name: 'x/a.csv', content: text }])
    expect(await refusal(path)).toMatchObject({ code: 'is-archive', detail: { found: 'x/a.csv' } })
    expect(await refusal(archive([]))).toMatchObject({ code: 'empty-archive' })
  })

  it('a file that is protected by a password', async () => {
    const path = archive([{ name: 'a.csv', content: text, flags: 1 }])
    expect(await refusal(join(path, 'a.csv'))).toMatchObject({
      code: 'encrypted',
      detail: { file: join(path, 'a.csv') },
    })
  })

  it('a file whose content is damaged, or not what the directory says', async () => {
    const whole = zipOf([{ name: 'a.csv', content: text }])
    for (const content of [damagedAt(Buffer.from(whole), 120), damagedAt(Buffer.from(whole), 32)]) {
      const path = join(temporaryFolder(), 'a.zip')
      writeFileSync(path, content)
      expect(await refusal(join(path, 'a.csv'))).toMatchObject({ kind: 'refused', code: 'damaged' })
    }
    const longer = archive([{ name: 'a.csv', content: text, declared_bytes: 100 }])
    expect(await refusal(join(longer, 'a.csv'))).toMatchObject({ code: 'damaged' })
  })

  it('an archive that is cut short, and one that unpacks to too much', async () => {
    const path = join(temporaryFolder(), 'cut.zip')
    writeFileSync(path, zipOf([{ name: 'a.csv', content: text }]).subarray(0, 500))
    expect(await expandPaths([path])).toEqual([path])
    expect(await refusal(path)).toMatchObject({ code: 'truncated' })
    const bombs = Array.from({ length: 5 }, (_, i) => `${i}.csv`)
    const bomb = archive(bombs.map((name) => ({ name, content: 'x', declared_bytes: 2 ** 32 - 2 })))
    expect(await refusal(bomb)).toMatchObject({ code: 'too-large' })
  })

  it('what is not in the archive, or lies below a file that is none', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'leer'))
    writeFileSync(join(folder, 'a.csv'), text)
    expect(await refusal(join(archive([{ name: 'a.csv', content: text }]), 'b.csv'))).toMatchObject({
      code: 'not-found',
    })
    for (const missing of ['a.csv/b.csv', 'leer/b.csv', 'nirgends/b.csv'])
      expect(await refusal(join(folder, missing))).toMatchObject({ code: 'not-found' })
  })
})
