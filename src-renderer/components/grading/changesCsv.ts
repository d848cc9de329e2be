import { tableToCsv } from '../../../src-shared/chart/table.ts'
import type { FilePayload } from '../../../src-shared/contract/requests.ts'
import type { DryRun } from '../../../src-shared/contract/grading.ts'
import type { Grade } from '../../../src-shared/grading/grade.ts'
import { base64Of } from '../../host/base64.ts'
import { t } from '../../locales/en.ts'

/** `Grade B`, or the verdict of a battery without a grade. */
export function outcomeName({ verdict, grade }: Pick<Grade, 'verdict' | 'grade'>): string {
  return grade === null ? t.grading.verdicts[verdict] : t.grading.gradeName(grade)
}

/** Every battery that would change, with the reason of its new outcome. */
export function changesCsv({ changed }: DryRun): FilePayload {
  const names = ['Battery', 'Before', 'After', 'Reason', 'Simulated']
  const rows = changed.map(({ cellName, before, after, simulated }) => [
    cellName,
    outcomeName(before),
    outcomeName(after),
    after.reasons.map(({ message }) => message).join(' '),
    String(simulated),
  ])
  const table = { columns: names.map((name) => ({ name, unit: null })), rows }
  return {
    fileName: `${t.grading.changesFile}.csv`,
    mediaType: 'text/csv',
    base64: base64Of(tableToCsv(table)),
  }
}
