import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { splitQuoted } from '../../../src-main/readers/splitQuoted.ts'

describe('splitQuoted', () => {
  const lines = ['a,"[1, 2]",b', '"x"', '"a,b","c"', ',"",', 'a,"say ""no""",b', '"[1, 2]",', ',a']
  it.each(lines)('cuts %s as csv-parse does', (line) => {
    expect(splitQuoted(line, ',')).toEqual(parse(line)[0])
  })

  it.each(['a,"[1, 2', '"a"b,c', '"a""'])('knows %s for broken', (line) => {
    expect(splitQuoted(line, ',')).toBeNull()
  })
})
