import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type {
  GateConstants,
  NetworkForward,
  NetworkShape,
  Parameters,
} from '../../src-shared/network/shape.ts'
import { teamRunner } from './inference.ts'
import { inferenceMachine, inferenceRoom, type InferenceRoom } from './inferenceMachine.ts'
import { lead, teamControl } from './team.ts'
import { mostThreads, trainingMachine, trainingRoom, type TrainingRoom } from './trainingMachine.ts'
import { teamTrainingPass, type TrainingPass } from './trainingPass.ts'
import { workOf } from './work.ts'

/** Memory and control that the threads of one training run share; goes to another thread as it is. */
export interface CrewRoom {
  readonly control: Int32Array
  readonly threads: number
  readonly training: TrainingRoom
  readonly inference: InferenceRoom
}

/** What a follower is given when it starts. */
export interface FollowerOrder {
  readonly room: CrewRoom
  /** From 1; the leader is 0. */
  readonly member: number
}

/** Room for one thread on each core, unless told; never for more threads than a batch of B windows has items. */
export function crewRoom(
  network: { shape: NetworkShape; gate: GateConstants; B: number },
  wanted: number = availableParallelism(),
): CrewRoom {
  const threads = Math.min(wanted, mostThreads(network.B))
  return {
    control: teamControl(threads),
    threads,
    training: trainingRoom(network, threads),
    inference: inferenceRoom(network.shape, threads),
  }
}

/** Training and inference, led by the calling thread, which waits in both. */
export interface Crew {
  trainingPass(parameters: Parameters): TrainingPass
  /** As kernelForward, for the room's shape. */
  readonly forward: NetworkForward
}

/** The room's leader; its followers may come later, or never. */
export function leadCrew(room: CrewRoom): Crew {
  const training = trainingMachine(room.training)
  const inference = inferenceMachine(room.inference, 0)
  const team = lead(room.control, workOf({ training, inference }))
  const runner = teamRunner(inference, team)
  let loaded: Parameters | null = null
  return {
    trainingPass: (parameters) => teamTrainingPass(parameters, training, team),
    forward: (parameters, _, gate, input) => {
      if (loaded !== parameters) runner.load(parameters)
      loaded = parameters
      return runner.run(gate, input)
    },
  }
}

const followerFile = import.meta.url.endsWith('.ts') ? './crewFollower.ts' : './crewFollower.js'

/** Starts the room's other threads. They work until they are terminated; `onEnd` is told of one that ends by itself. */
export function startFollowers(room: CrewRoom, onEnd: (error: Error | null) => void): { terminate(): void } {
  const workers = Array.from({ length: room.threads - 1 }, (_, i) => {
    const workerData: FollowerOrder = { room, member: i + 1 }
    const worker = new Worker(new URL(followerFile, import.meta.url), { workerData })
    worker.on('error', onEnd)
    worker.on('exit', () => onEnd(null))
    return worker
  })
  return { terminate: () => workers.forEach((worker) => void worker.terminate()) }
}
