import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { seededRandom } from '../../src-shared/network/seededRandom.ts'
import { splitCells } from '../../src-main/training/presets/presetFiles.ts'

// Scores over five groups of all public cells, those of the test lists too; the card's are over the training lists alone:
// node test/bench/crossedForecasts.ts --data DIR [--seed N] [--shuffle N]. It takes as long as a training; its model is thrown
// away. Cells are dealt to the groups in the order of their lists, or as a seed shuffles them: which cells stand together moves
// the scores of a condition of few cells.
const { values: given } = parseArgs({
  options: { data: { type: 'string' }, seed: { type: 'string', default: '1' }, shuffle: { type: 'string' } },
})
if (given.data === undefined) throw new Error('Name the data folder: --data DIR')
const { data, seed, shuffle } = given
const cli = fileURLToPath(new URL('../../src-main/cli/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'pimoe-crossed-'))
try {
  console.log(scoresOf(trained()))
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** The card of a model for which every cell was left out once. */
function trained(): string {
  const run = ['train', '--preset', 'default', '--data', data, '--seed', seed]
  const preset = JSON.parse(
    execFileSync(process.execPath, [cli, ...run, '--print-config'], { encoding: 'utf8' }),
  ) as {
    cells: { file: string; role: string }[]
  }
  const known = new Set(preset.cells.map(({ file }) => plainName(file)))
  const others = splitCells(join(data, 'splits.json')).filter(({ file }) => !known.has(plainName(file)))
  const config = join(folder, 'config.json')
  const cells = [...preset.cells, ...others.map(({ file }) => ({ file, role: 'train' }))]
  const dealt = shuffle === undefined ? cells : shuffled(cells, Number(shuffle))
  writeFileSync(config, JSON.stringify({ ...preset, cells: dealt }))
  const out = join(folder, 'crossed')
  const library = join(folder, 'library')
  execFileSync(process.execPath, [cli, 'train', '--config', config, '--out', out, '--library', library], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return readFileSync(join(out, 'card.md'), 'utf8')
}

function shuffled<C>(cells: readonly C[], by: number): C[] {
  const random = seededRandom(by)
  return cells
    .map((cell) => ({ cell, at: random.uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ cell }) => cell)
}

function plainName(file: string): string {
  return file.replace(/\.gz$/, '')
}

function scoresOf(card: string): string {
  const from = card.indexOf('## How it scored')
  return card.slice(from, card.indexOf('\n## ', from + 1))
}
