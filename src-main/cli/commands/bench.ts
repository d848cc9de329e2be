import type { Command, CommandCall } from '../command.ts'
import { table } from '../table.ts'

export const benchCommand: Command = {
  name: 'bench',
  summary: 'measures the speed of the network on this machine',
  usage: '',
  details: [
    'Medians of the network alone: T 50, F 12, U 64, E 5; batches 1 and 256 and a training step of 128.',
    'With --engine all the same in TensorFlow.js and onnxruntime-web, on one thread each.',
  ],
  positionals: { least: 0, most: 0, what: 'no argument' },
  options: {
    engine: {
      type: 'text',
      value: 'NAME',
      choice: ['own', 'all'],
      help: 'own, or all: beside other programs (default own)',
    },
    threads: {
      type: 'integer',
      value: 'N',
      range: { least: 1, most: 256 },
      help: 'threads (default 1; more do not help yet)',
    },
  },
  run: async (call) => {
    const { bench } = await call.parts.bench()
    const measured = await bench()
    const peers = call.arguments.text('engine') === 'all' ? await measuredPeers(call) : undefined
    call.output.answer({ ...measured, ...(peers === undefined ? {} : { peers }) }, () =>
      table(['what', 'engine', 'batch', 'ms'], [measured, ...(peers ?? [])].flatMap(rows)),
    )
    return 0
  },
}

interface Measured {
  readonly engine: string
  readonly inference: readonly { readonly batch: number; readonly ms_per_battery: number }[]
  readonly trainStep: { readonly batch: number; readonly ms: number } | null
}

async function measuredPeers({ parts }: CommandCall): Promise<readonly Measured[]> {
  const { peerBench } = await parts.peerBench()
  return peerBench()
}

function rows({ engine, inference, trainStep }: Measured): (string | number)[][] {
  return [
    ...inference.map(({ batch, ms_per_battery }) => ['inference, each', engine, batch, ms_per_battery]),
    ...(trainStep === null ? [] : [['training step', engine, trainStep.batch, trainStep.ms]]),
  ]
}
