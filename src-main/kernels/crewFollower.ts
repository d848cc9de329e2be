import { workerData } from 'node:worker_threads'
import type { FollowerOrder } from './crew.ts'
import { inferenceMachine } from './inferenceMachine.ts'
import { follow } from './team.ts'
import { trainingMachine } from './trainingMachine.ts'
import { workOf } from './work.ts'

// Entry of a computing thread: works for its crew until it is terminated.

const { room, member } = workerData as FollowerOrder
follow(
  room.control,
  workOf({ training: trainingMachine(room.training), inference: inferenceMachine(room.inference, member) }),
  member,
)
