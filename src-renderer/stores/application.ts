import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { RequestOutput } from '../../src-shared/contract/requests.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'
import { host } from '../host/host.ts'
import { wireErrorOf } from '../host/requestError.ts'
import { useLibrary } from './library.ts'
import { useModels } from './models.ts'
import { useQuarantine } from './quarantine.ts'
import { useScenarios } from './scenarios.ts'
import { useTraining } from './training.ts'

/** What the program is, and the first reading of everything the frame shows. */
export const useApplication = defineStore('application', () => {
  const about = shallowRef<RequestOutput<'app/info'> | null>(null)
  const failure = shallowRef<WireError | null>(null)

  async function load(): Promise<void> {
    try {
      // The cells first: they are what is looked at, and models take long to read.
      const [info] = await Promise.all([host.request('app/info', {}), useLibrary().load()])
      about.value = info
      await Promise.all(
        [useQuarantine(), useScenarios(), useModels(), useTraining()].map((store) => store.load()),
      )
      failure.value = null
    } catch (error) {
      failure.value = wireErrorOf(error)
    }
  }

  async function refresh(): Promise<void> {
    about.value = await host.request('app/info', {})
  }

  return { about, failure, load, refresh }
})
