import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expandPaths } from '../../src-main/readers/expandPaths.ts'
import { readFile } from '../../src-main/readers/readFile.ts'
import { doubtsAmong } from '../../src-shared/cell/finding.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { needsShared, sharedData } from '../support/shared.ts'

const data = sharedData()
const folders = ['cycler-exports', 'open-ageing', 'raw-UL-NCA']
const files = data === null ? [] : await expandPaths(folders.map((folder) => join(data, folder)))

/** Genuine files that are not taken as they are, by the end of their path, and the reason that a laboratory accepts. */
const exceptions: readonly (readonly [RegExp, string])[] = [
  [/Time_Bug\.bdf\.csv$/, 'held: time-backwards'],
  [/GITT_CH15\.csv$/, 'held: time-backwards'],
  [/maccor_three_mV\.txt$/, 'held: voltage-range'],
  [/sample_data_maccor\.csv$/, 'held: sign-missing'],
  [/semicolon\.csv$/, 'refused: no-current'],
  [/(vdf_GMJuly2022_CELL002|fastnda_interp-test)\.csv$/, 'refused: no-cell'],
  [/custom_nan_inf\.csv$/, 'refused: not-numeric'],
  [/(custom_truncated\.csv|two_decimalcomma\.txt)$/, 'refused: truncated'],
  [/workstep\.xlsx$/, 'refused: no-time-series'],
  [/\.(mpr|nda|ndax|xls)$/, 'refused: unsupported-format'],
  [/(custom_missing_column|cycle_data|B0005_\w+)\.csv$|\.json$|README\w*\.txt$/, 'refused: unknown-format'],
]

async function outcomeOf(path: string): Promise<string> {
  try {
    const doubts = doubtsAmong((await readFile(path)).findings)
    return doubts.length === 0 ? 'imported' : `held: ${doubts.map(({ code }) => code).join(', ')}`
  } catch (error) {
    if (error instanceof Failure) return `refused: ${error.code}`
    throw error
  }
}

describe.skipIf(data === null)(
  `every genuine file is imported, or not for a known reason${needsShared}`,
  () => {
    it.each(files.map((path) => relative(data ?? '', path)))('%s', async (name) => {
      const expected = exceptions.find(([pattern]) => pattern.test(name))?.[1] ?? 'imported'
      expect(await outcomeOf(join(data!, name))).toBe(expected)
    })
  },
)
