import { batchBench, type BatchBench } from '../../services/batch/batchBench.ts'
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
      help: 'threads of our own engine for batches and the training step, no more than 8 (default 1)',
    },
    batch: {
      type: 'flag',
      help: 'also 10,000 cells under 4 plans, from the library to the file of answers',
    },
    curve: {
      type: 'flag',
      help: 'also the training step on 1, 2, 4 and 8 threads, modelled beyond the cores',
    },
  },
  run: async (call) => {
    const { bench } = await call.parts.bench()
    const threads = call.arguments.number('threads') ?? 1
    const measured = await bench({ threads, hasCurve: call.arguments.has('curve') })
    const peers = call.arguments.text('engine') === 'all' ? await measuredPeers(call) : undefined
    const batch = call.arguments.has('batch') ? await batchBench({ threads }) : undefined
    const beside = { ...(peers === undefined ? {} : { peers }), ...(batch === undefined ? {} : { batch }) }
    call.output.answer({ ...measured, ...beside }, () =>
      [
        table(['what', 'engine', 'threads', 'batch', 'ms'], [measured, ...(peers ?? [])].flatMap(rows)),
        ...(measured.curve === undefined ? [] : [curveTable(measured.curve)]),
        ...(batch === undefined ? [] : [batchTable(batch)]),
      ].join('\n\n'),
    )
    return 0
  },
}

interface Measured {
  readonly engine: string
  readonly threads: number
  readonly inference: readonly { readonly batch: number; readonly ms_per_battery: number }[]
  readonly trainStep: { readonly batch: number; readonly ms: number } | null
}

async function measuredPeers({ parts }: CommandCall): Promise<readonly Measured[]> {
  const { peerBench } = await parts.peerBench()
  return peerBench()
}

function rows({ engine, threads, inference, trainStep }: Measured): (string | number)[][] {
  return [
    ...inference.map(({ batch, ms_per_battery }) => {
      // One battery is one thread's work.
      return ['inference, each', engine, batch === 1 ? 1 : threads, batch, ms_per_battery]
    }),
    ...(trainStep === null ? [] : [['training step', engine, threads, trainStep.batch, trainStep.ms]]),
  ]
}

function batchTable(batch: BatchBench): string {
  const { cells, scenarios, time_s, cpu_s, file_MB, peak_MB } = batch
  return table(
    ['batch', 'threads', 's', 'CPU s', 'file MB', 'peak MB'],
    [[`${cells} × ${scenarios}`, batch.threads, time_s, cpu_s, Math.round(file_MB), Math.round(peak_MB)]],
  )
}

function curveTable(
  points: readonly { readonly threads: number; readonly ms: number; readonly source: string }[],
): string {
  return table(
    ['training step on threads', 'ms', 'from'],
    points.map(({ threads, ms, source }) => [threads, ms, source]),
  )
}
