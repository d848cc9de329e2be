import type { Command } from '../command.ts'
import { table } from '../table.ts'

export const benchCommand: Command = {
  name: 'bench',
  summary: 'measures the speed of the network on this machine',
  usage: '',
  details: [
    'Medians of the network alone: T 50, F 12, U 64, E 5; batches 1 and 256 and a training step of 128.',
  ],
  positionals: { least: 0, most: 0, what: 'no argument' },
  options: {
    threads: {
      type: 'integer',
      value: 'N',
      range: { least: 1, most: 256 },
      help: 'threads (default 1; more do not help yet)',
    },
  },
  run: async ({ parts, output }) => {
    const { bench } = await parts.bench()
    const measured = bench()
    output.answer(measured, () =>
      table(
        ['what', 'batch', 'ms'],
        [
          ...measured.inference.map(({ batch, ms_per_battery }) => [
            'inference, each',
            batch,
            ms_per_battery,
          ]),
          ['training step', measured.trainStep.batch, measured.trainStep.ms],
        ],
      ),
    )
    return 0
  },
}
