import { readFile } from 'node:fs/promises'
import { type ReportOptions, reportSections, type ReportSection } from '../../src-shared/contract/reports.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { Arguments, OptionSpecs } from './options.ts'

/** How a report is printed and who stands for it. */
export const reportPrintOptions: OptionSpecs = {
  paper: { type: 'text', value: 'SIZE', choice: ['A4', 'Letter'], help: 'A4 or Letter (default A4)' },
  sections: {
    type: 'texts',
    value: 'NAME…',
    choice: reportSections,
    help: `parts to print: ${reportSections.join(', ')} (default: all)`,
  },
  laboratory: { type: 'text', value: 'NAME', help: 'printed as given' },
  address: { type: 'text', value: 'TEXT', help: 'printed as given' },
  logo: { type: 'text', value: 'FILE', help: 'PNG or JPEG, at most 500 kB' },
  operator: { type: 'text', value: 'NAME', help: 'printed as given' },
  reviewer: { type: 'text', value: 'NAME', help: 'printed as given' },
  maker: { type: 'text', value: 'NAME', help: "the battery's maker, as declared" },
  'battery-model': { type: 'text', value: 'NAME', help: "the battery's model, as declared" },
  serial: { type: 'text', value: 'NUMBER', help: "the battery's serial number, as declared" },
  'nominal-voltage': {
    type: 'number',
    value: 'V',
    range: { above: 0, below: 1000 },
    help: "the battery's nominal voltage, for its energy",
  },
  manufactured: { type: 'text', value: 'DATE', help: 'when the battery was made, as declared' },
  'prior-use': { type: 'text', value: 'TEXT', help: 'what it was used for, as declared' },
  status: {
    type: 'text',
    value: 'STATUS',
    choice: ['original', 'repurposed', 're-used', 'remanufactured', 'waste'],
    help: 'status of the battery, as declared',
  },
}

/** Throws a refused Failure `not-a-logo`. */
export async function printOptions(given: Arguments): Promise<ReportOptions> {
  const logo = given.text('logo')
  const battery = stated({
    maker: given.text('maker'),
    model: given.text('battery-model'),
    serial: given.text('serial'),
    manufactured: given.text('manufactured'),
    priorUse: given.text('prior-use'),
    status: given.text('status'),
  })
  const voltage = given.number('nominal-voltage')
  const plate = { ...battery, ...(voltage === undefined ? {} : { nominalVoltage_V: voltage }) }
  const paper = given.text('paper')
  return {
    ...(paper === undefined ? {} : { paper: paper === 'Letter' ? 'Letter' : 'A4' }),
    ...(given.has('sections') ? { sections: given.texts('sections') as ReportSection[] } : {}),
    ...stated({
      laboratory: given.text('laboratory'),
      address: given.text('address'),
      operator: given.text('operator'),
      reviewer: given.text('reviewer'),
      logo: logo === undefined ? undefined : await readLogo(logo),
    }),
    ...(Object.keys(plate).length === 0 ? {} : { battery: plate }),
  }
}

const largestLogo_bytes = 500_000

async function readLogo(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => Buffer.alloc(0))
  const start = bytes.toString('hex', 0, 4)
  const type = start === '89504e47' ? 'png' : start.startsWith('ffd8ff') ? 'jpeg' : undefined
  if (type !== undefined && bytes.length <= largestLogo_bytes) {
    return `data:image/${type};base64,${bytes.toString('base64')}`
  }
  throw new Failure('refused', 'not-a-logo', 'The logo is no PNG or JPEG of at most 500 kB.', {
    advice: 'Name such a file, or leave the logo out.',
    file,
  })
}

function stated<K extends string>(fields: Record<K, string | undefined>): Partial<Record<K, string>> {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept) as Partial<Record<K, string>>
}
