import { resolve } from 'node:path'
import type { Command } from '../command.ts'
import { table } from '../table.ts'

export const presetsCommand: Command = {
  name: 'presets',
  summary: 'lists what can be trained, and which cells are missing for it',
  usage: '[--data DIR]',
  details: ['`train --preset NAME` runs one; it needs every cell but those that only test.'],
  positionals: { least: 0, most: 0, what: 'no argument' },
  options: {
    data: { type: 'text', value: 'DIR', help: 'folder to look for the cells in (default: the samples)' },
  },
  run: async ({ arguments: given, application, output, signal }) => {
    const data = given.text('data')
    const input = data === undefined ? {} : { data: resolve(data) }
    const presets = await application['training/presets'](input, { signal, progress: () => undefined })
    output.answer({ schema: 'pimoe-presets/1', presets }, () =>
      table(
        ['group', 'name', 'cells', 'epochs', 'data', 'missing'],
        presets.map(({ group, name, cells, epochs, simulated, missing }) => [
          group,
          name,
          cells,
          epochs,
          simulated ? 'SIMULATED' : 'measured',
          missing.join(', '),
        ]),
      ),
    )
    return 0
  },
}
