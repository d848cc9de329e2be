import { expect, it } from 'vitest'
import type { RequestInput, RequestName, RequestOutput } from '../../src-shared/contract/requests.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'

interface Asking {
  readonly ask: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N>>
  readonly failure: (name: string, input: unknown) => Promise<WireError>
  /** A cell of the library. */
  readonly cell: () => string
}

/** The requests about grading rules, in this order. */
export function gradingCases({ ask, failure, cell }: Asking): void {
  it('grading/list grades what was assessed, with reasons and the version of the rules', async () => {
    const [first, ...earlier] = await ask('grading/rules', {})
    expect(first).toMatchObject({ version: 1, rules: { schema: 'pimoe-grading-rules/1' } })
    expect(earlier).toEqual([])
    const { id, grade } = await ask('assessments/run', { cell: cell() })
    expect((await ask('assessments/get', { id })).grade).toEqual(grade)
    expect(grade.rules).toEqual({ name: first.rules.name, version: 1, sha256: first.sha256 })
    const [battery, ...others] = await ask('grading/list', { cells: [cell()] })
    expect(others).toEqual([])
    expect(battery).toMatchObject({ cell: cell(), assessment: id, simulated: true, grade })
    expect(grade.reasons[0].message).toMatch(/\w/)
  })

  it('grading/dry-run tells what grading/save then does, and earlier grades stay', async () => {
    const [{ rules }] = await ask('grading/rules', {})
    const { id, grade } = await ask('assessments/run', { cell: cell(), measuredCapacity_Ah: 3 })
    expect(grade.verdict).not.toBe('reject')
    const reason = { code: 'simulated', verdict: 'reject', message: 'Simulated.' } as const
    const stricter = { ...rules, name: 'Werk ö', reasons: [...rules.reasons, reason] }
    const told = await ask('grading/dry-run', { rules: stricter })
    const { before, after } = told.changed.find((battery) => battery.cell === cell())!
    expect({ ...before, rules: grade.rules }).toEqual(grade)
    expect(after).toEqual({
      verdict: 'reject',
      grade: null,
      reasons: [{ code: 'simulated', message: 'Simulated.' }],
    })
    expect(told.assessed + told.notAssessed).toBe((await ask('cells/list', {})).length)
    const { saved, dryRun } = await ask('grading/save', { rules: stricter, note: 'Audit' })
    expect(dryRun).toEqual(told)
    expect(saved).toMatchObject({ version: 2, note: 'Audit', rules: stricter })
    expect((await ask('grading/list', { cells: [cell()] }))[0].grade).toMatchObject({
      verdict: 'reject',
      rules: { version: 2 },
    })
    expect((await ask('assessments/get', { id })).grade).toEqual(grade)
    expect((await ask('grading/dry-run', { rules: stricter })).changed).toEqual([])
    expect(await failure('grading/save', { rules: stricter })).toMatchObject({
      kind: 'usage',
      code: 'rules-unchanged',
    })
  })

  it('grading rules that contradict themselves are refused by their field', async () => {
    const [{ rules }] = await ask('grading/rules', {})
    const refused = (changes: object) => failure('grading/dry-run', { rules: { ...rules, ...changes } })
    const [best, next] = rules.grades
    expect(await refused({ grades: [next, best] })).toMatchObject({
      column: 'rules.grades.1.leastStateOfHealth',
    })
    expect(await refused({ grades: [best, best] })).toMatchObject({ column: 'rules.grades.1.grade' })
    expect(await refused({ grades: [] })).toMatchObject({ code: 'bad-input', column: 'rules.grades' })
    const [reason] = rules.reasons
    expect(await refused({ reasons: [reason, reason] })).toMatchObject({ column: 'rules.reasons.1.code' })
  })
}
