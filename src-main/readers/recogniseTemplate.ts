import { createHash } from 'node:crypto'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { MappingTemplate } from '../../src-shared/cell/mappingTemplate.ts'
import type { SourceTable } from './containers/sourceTable.ts'
import type { RecordContent } from './readResult.ts'
import { encodingOf } from './textEncoding.ts'
import { cellsOf } from './table/cellsOf.ts'

const searchedLines = 300

/** What headings are known by again: their words in their order, blanks around them left aside. */
export function headingFingerprint(names: readonly string[]): string {
  const text = names.map((name) => name.trim()).join('\u001F')
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** The template whose headings stand in one of the first lines of a text that opens with these bytes; else null. */
export function templateOfText(
  opening: Uint8Array,
  templates: readonly MappingTemplate[],
): MappingTemplate | null {
  const texts = new Map<string, string[]>()
  const linesIn = (encoding: string) => {
    const known = texts.get(encoding)
    const lines = known ?? new TextDecoder(encoding).decode(opening).split(/\r?\n/).slice(0, searchedLines)
    texts.set(encoding, lines)
    return lines
  }
  const found = templates.find(({ fingerprint, mapping: { encoding, delimiter = ',' } }) =>
    linesIn(encoding ?? encodingOf(opening)).some(
      (line) => headingFingerprint(cellsOf(line, delimiter)) === fingerprint,
    ),
  )
  return found ?? null
}

/** The template whose headings stand in one of the first rows of a sheet; else null. */
export function templateOfTables(
  tables: readonly SourceTable[],
  templates: readonly MappingTemplate[],
): MappingTemplate | null {
  const prints = tables.flatMap(({ rows }) =>
    rows.slice(0, searchedLines).map((row) => headingFingerprint(row.map((cell) => String(cell ?? '')))),
  )
  return templates.find(({ fingerprint }) => fingerprint !== null && prints.includes(fingerprint)) ?? null
}

/** A mapping as a template keeps it. */
export function withoutLines({ headingLine, firstRow: _, ...mapping }: TableMapping): TableMapping {
  return headingLine === null ? { ...mapping, headingLine } : mapping
}

/** Says which template a file was read by, as a note. */
export function byTemplate(content: RecordContent, template: MappingTemplate | null): RecordContent {
  if (template === null) return content
  const note: Finding = {
    code: 'read-by-template',
    isNote: true,
    message: `The headings are those of the template "${template.name}", and the file was read by it.`,
  }
  return { ...content, template: template.name, findings: [...content.findings, note] }
}
