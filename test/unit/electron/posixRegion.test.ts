import { describe, expect, it } from 'vitest'
import { posixRegion } from '../../../src-main/electron/posixRegion.ts'

describe('the region of the environment', () => {
  it.each([
    [{ LANG: 'en_US.UTF-8', LC_NUMERIC: 'de_DE.UTF-8' }, 'de-DE'],
    [{ LANG: 'fr_FR.UTF-8' }, 'fr-FR'],
    [{ LC_ALL: '', LANG: 'de_AT@euro' }, 'de-AT'],
    [{ LC_ALL: 'sv', LANG: 'de_DE' }, 'sv'],
    [{ LC_ALL: 'C.UTF-8', LANG: 'de_DE.UTF-8' }, null],
    [{ LANG: 'POSIX' }, null],
    [{}, null],
  ])('of %o is %s', (env, region) => {
    expect(posixRegion(env)).toBe(region)
  })
})
