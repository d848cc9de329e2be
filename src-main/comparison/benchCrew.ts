import { setTimeout } from 'node:timers/promises'
import { crewRoom, leadCrew, startFollowers, type Crew } from '../kernels/crew.ts'
import { followersOf } from '../kernels/team.ts'
import { benchGate as gate, benchShape as shape, benchTrainBatch as B } from './benchProblem.ts'

/** Lets `work` use a crew of the bench's network, on as many threads as it can use; they end with it. */
export async function withCrew<T>(
  threads: number,
  work: (crew: Crew, threads: number) => Promise<T>,
): Promise<T> {
  const room = crewRoom({ shape, gate, B }, threads)
  const followers = startFollowers(room, () => undefined)
  try {
    while (followersOf(room.control) < room.threads - 1) await setTimeout(5)
    return await work(leadCrew(room), room.threads)
  } finally {
    followers.terminate()
  }
}
