import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expandPaths } from '../../src-main/readers/expandPaths.ts'
import { readFile } from '../../src-main/readers/readFile.ts'
import { doubtsAmong } from '../../src-shared/cell/finding.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { root } from '../support/built.ts'
import { sharedData } from '../support/shared.ts'

// Reads every genuine file beside the project and writes what came of each to docs/files.md: node test/bench/files.ts
const folders = [
  'cycler-exports',
  'open-ageing',
  'raw-UL-NCA',
  'UL-NCA',
  'UL-NCM',
  'UL-NCMNCA',
  'LSD',
  'TPSL',
]
const data = sharedData()
if (data === null) throw new Error('../shared is absent')
const paths = await expandPaths(folders.map((folder) => join(data, folder)))
const rows: string[] = []
const counts = { imported: 0, held: 0, refused: 0 }
for (const path of paths) rows.push(await rowOf(path))
writeFileSync(join(root, 'docs/files.md'), page(rows))

async function rowOf(path: string): Promise<string> {
  const name = relative(data ?? '', path).replaceAll('\\', '/')
  const start = performance.now()
  try {
    const { format, rows, cycles, findings } = await readFile(path)
    const usable = cycles.filter(({ chargeCurve }) => chargeCurve !== null).length
    const doubts = doubtsAmong(findings)
    const others = findings.filter((finding) => !doubts.includes(finding))
    counts[doubts.length === 0 ? 'imported' : 'held']++
    const verdict = doubts.length === 0 ? 'imported' : `held: ${codes(doubts)}`
    return line([name, format, rows, cycles.length, usable, verdict, codes(others), seconds(start)])
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    counts.refused++
    return line([name, '', '', '', '', `refused: ${error.code}`, '', seconds(start)])
  }
}

function codes(findings: readonly { readonly code: string }[]): string {
  return [...new Set(findings.map(({ code }) => code))].join(', ')
}

function seconds(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(2)
}

function line(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
}

function page(table: readonly string[]): string {
  const { imported, held, refused } = counts
  return [
    '# Every genuine file, and what came of it',
    '',
    'Written by `node test/bench/files.ts` from the files in `../shared/data`, which are not part of this repository.',
    `Of ${paths.length} files ${imported} are imported, ${held} are held for a decision and ${refused} are refused; ` +
      '`npm test` proves the verdict of each file of a cycler (`test/golden/genuineFiles.test.ts`).',
    'Usable: cycles with a whole charge curve. Times in s, on a loaded machine; they include the first use of each reader.',
    '',
    '| file | format | rows | cycles | usable | verdict | other findings | time, s |',
    '|---|---|---|---|---|---|---|---|',
    ...table,
    '',
  ].join('\n')
}
