import type { CellReportInput } from './cellReportInput.ts'
import { factTable, ink, inHalves, sectionTitle, write } from './paper.ts'
import type { PaperNode } from './paperNode.ts'
import { formatInstant } from './words.ts'

const limits = [
  'This is not a safety test: nothing is said of leakage, insulation, swelling, internal shorts or behaviour under abuse.',
  'Capacities hold for the stated use and temperature. What is extrapolated rests on no comparable cell.',
  'Intervals hold for batteries like those the model was calibrated on; the share that they held on unseen cells is printed with the model.',
  'Where a property is marked as not performed, this report says nothing of it.',
]

const boxes =
  'Each □ in a name stands for a character that no typeface of this report has; report.json holds the name whole.'

/** What makes the report checkable, and what it does not say. */
export function trust(input: CellReportInput): PaperNode[] {
  const { sheet, release, recordSha256, fingerprint, createdAt, programVersion } = input
  const { width } = sheet
  const said = input.isDrawnWhole ? limits : [...limits, boxes]
  const lines: PaperNode[] = [
    sectionTitle('Trust and limits', width),
    ...said.map((text, i) => write(text, { width, lines: 2, isBold: i === 0, margin: [0, 0, 0, 2] })),
    {
      ...factTable(
        [
          {
            name: 'Attached',
            value:
              'report.json: inputs, settings, model hash, rules and results; digests.json: SHA-256 of every field',
            lines: 2,
          },
          { name: 'SHA-256 of report.json', value: inHalves(recordSha256), lines: 2 },
          { name: 'Signature', value: signing(release), lines: 2 },
          {
            name: 'Key fingerprint',
            value: fingerprint === null ? 'not signed' : inHalves(fingerprint),
            lines: 2,
          },
          { name: 'Printed', value: `${formatInstant(createdAt)} by PIMOE ${programVersion}`, lines: 2 },
          {
            name: 'To verify',
            value:
              'pimoe verify FILE.pdf computes the results again from report.json with the model of the hash above, prints the report again and compares every byte.',
            lines: 3,
          },
        ],
        { width, nameWidth: 118 },
      ),
      margin: [0, 4, 0, 0],
    },
    write('A changed, printed or converted copy does not verify.', {
      width,
      colour: ink.muted,
      margin: [0, 3, 0, 0],
    }),
  ]
  return [{ stack: lines, unbreakable: true }]
}

function signing(release: CellReportInput['release']): string {
  return release === null
    ? 'none: a draft'
    : 'Ed25519 over all bytes of the file up to its last line, which holds the signature'
}
