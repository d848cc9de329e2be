import type { Application } from '../../src-shared/contract/requests.ts'

/** Opens the library before the first window asks for it; what is wrong with it, that window's request is told. */
export function openEarly(application: Pick<Application, 'app/info'>): void {
  setImmediate(
    () =>
      void application['app/info']({}, { signal: new AbortController().signal, progress: () => null }).catch(
        () => null,
      ),
  )
}
