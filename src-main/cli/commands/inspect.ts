import type { CycleProfile } from '../../../src-shared/cell/cycleProfile.ts'
import type { TableMapping } from '../../../src-shared/cell/mapping.ts'
import { inspectFile } from '../../services/assessing/cellFile.ts'
import { mapOption, statedMapping } from '../mapOption.ts'
import type { Command } from '../command.ts'
import { findingText, table } from '../table.ts'

export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'says what a file is, without importing it',
  usage: 'FILE',
  details: [
    'Format, encoding, delimiter, decimal sign, columns with units, rows, cycles, findings.',
    'With --json also the mapping the table was read by, ready to be corrected and given back by --map.',
  ],
  positionals: { least: 1, most: 1, what: 'one file' },
  options: mapOption,
  run: async ({ arguments: given, parts, output, signal }) => {
    const inspection = await inspectFile(parts, given.positionals[0], {
      signal,
      ...(await statedMapping(given)),
    })
    output.answer(inspection, () => {
      const { columns, findings, mapping, usability, ...facts } = inspection
      return [
        ...Object.entries(facts).map(([name, value]) => `${name.padEnd(10)} ${JSON.stringify(value)}`),
        '',
        table(
          ['column', 'unit', 'read as'],
          columns.map(({ name, unit }, i) => [name, unit, quantityOf(mapping, { name, place: i + 1 })]),
        ),
        ...usability.map(usabilityText),
        ...findings.map(findingText),
      ].join('\n')
    })
    return 0
  },
}

function quantityOf(
  mapping: TableMapping | null,
  { name, place }: { name: string; place: number },
): string | null {
  const isColumn = (column: string | number | undefined) => column === name || column === place
  const found = Object.entries(mapping?.columns ?? {}).find(([, mapped]) => isColumn(mapped?.column))
  return found?.[0] ?? null
}

function usabilityText({ number, segments, charge, relaxation }: CycleProfile): string {
  const what = segments.map(({ mode }) => mode).join(', ')
  const rest = relaxation.usable ? `rest of ${Math.round(relaxation.duration_s / 60)} min` : relaxation.reason
  const curve = charge.usable ? 'charge curve' : charge.reason
  return `cycle ${number}: ${what}\n  ${curve ?? ''} · ${rest ?? ''}`
}
