import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Verification } from '../../src-shared/contract/reports.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'
import { host } from '../host/host.ts'
import type { HandedFiles } from '../host/hostInterface.ts'
import { lastPart } from '../host/lastPart.ts'
import { wireErrorOf } from '../host/requestError.ts'
import { t } from '../locales/en.ts'
import { useJobs } from './jobs.ts'

/** What verifying a file told, or why it could not. */
export interface Verified {
  readonly name: string
  readonly verification: Verification | null
  readonly failure: WireError | null
}

/** The files that were verified last, one after the other. */
export const useVerifications = defineStore('verifications', () => {
  const jobs = useJobs()
  const told = shallowRef<readonly Verified[]>([])

  async function verify(handed: Promise<HandedFiles>): Promise<void> {
    told.value = []
    try {
      const { paths, refused } = await handed
      told.value = refused.map(({ name, error }) => ({ name, verification: null, failure: error }))
      for (const file of paths) told.value = [...told.value, await verified(file)]
    } catch (error) {
      const failure = wireErrorOf(error)
      told.value = [...told.value, { name: '', verification: null, failure }]
    }
  }

  async function verified(file: string): Promise<Verified> {
    const name = lastPart(file)
    try {
      const verification = await jobs.run(t.reports.jobs.verify, ({ signal }) =>
        host.request('reports/verify', { file }, { signal }),
      )
      return { name, verification, failure: null }
    } catch (error) {
      return { name, verification: null, failure: wireErrorOf(error) }
    }
  }

  return { told, verify }
})
