import { fieldDigests } from './differences.ts'

/** Names of the files attached to reports: what a battery's or a lot's states, and the digest of every field of it. */
export const attachedNames = { record: 'report.json', lot: 'lot.json', digests: 'digests.json' } as const

/** The record of a report and the digests of its fields, as pdfmake attaches them. */
export function attachments(name: string, json: string, created: Date) {
  const digests = JSON.stringify(fieldDigests(JSON.parse(json)), null, 1)
  return {
    record: attachment(name, json, { created, description: 'What this report states and rests on' }),
    digests: attachment(attachedNames.digests, digests, {
      created,
      description: `SHA-256 of every field of ${name}`,
    }),
  }
}

function attachment(
  name: string,
  json: string,
  { created, description }: { created: Date; description: string },
) {
  return {
    src: `data:application/json;base64,${Buffer.from(json, 'utf8').toString('base64')}`,
    name,
    description,
    relationship: 'Data',
    creationDate: created,
    modifiedDate: created,
  }
}
