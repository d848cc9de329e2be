import type { MappingTemplate } from '../../src-shared/cell/mappingTemplate.ts'
import { cancelled, Failure } from '../../src-shared/failure/failure.ts'
import { capacityFindings } from './capacityFindings.ts'
import { detectFormat } from './detectFormat.ts'
import { cellNameOf, conditionOf, folderHints } from './folderHints.ts'
import { checkedEnd } from './lastLines.ts'
import type { LineSink } from './lineSink.ts'
import { checkMapping } from './checkMapping.ts'
import { openingBytes, openingText, type Opening } from './openingBytes.ts'
import { byTemplate, templateOfText } from './recogniseTemplate.ts'
import { readContainer } from './readContainer.ts'
import { readLines, type FileIdentity, type ReadOptions } from './readLines.ts'
import type { ReadResult, RecordContent } from './readResult.ts'

/**
 * Reads a measurement file of any known format, gzipped or not, told apart by content.
 *
 * `cycles` is empty where no cycle gives a charge curve; the findings then say why. Throws a Failure of kind `refused`
 * that names the file and, where there is one, line and column; `no-cycles` for a heading without rows; `mapping-invalid`
 * for a mapping that cannot be, its field named as the column.
 */
export async function readFile(path: string, options: ReadOptions = {}): Promise<ReadResult> {
  try {
    if (options.mapping !== undefined) checkMapping(options.mapping)
    const { identity, content } = await readContent(path, options)
    const { description, findings } = folderHints(path, content)
    return {
      ...content,
      ...identity,
      cellName: cellNameOf(path),
      condition: conditionOf(path, content),
      description,
      findings: [
        ...content.findings,
        ...findings,
        ...capacityFindings(content, options.nominalCapacity_Ah ?? description.nominalCapacity_Ah),
      ],
    }
  } catch (error) {
    throw namingFile(error, path, options.signal)
  }
}

/**
 * Reads the first part of a long text as a record of its own, in a time that does not grow with the file; null for what
 * is not much longer than that, and for a container, which has no part. Its hash is of what was read. Throws as `readFile`.
 */
export async function readPart(
  path: string,
  options: ReadOptions & { readonly part_bytes: number },
): Promise<{ result: ReadResult; of_bytes: number } | null> {
  const { source, container, compressed } = await openingBytes(path)
  const least = compressed ? options.part_bytes / mostPacked : 2 * options.part_bytes
  if (container !== null || source.size < least) return null
  const result = await readFile(path, options)
  return result.bytes < source.size ? { result, of_bytes: source.size } : null
}

/** A packed text this much shorter than the part is read in no time. */
const mostPacked = 8

async function readContent(
  path: string,
  options: ReadOptions,
): Promise<{ identity: FileIdentity; content: RecordContent }> {
  const { container, ...opening } = await openingBytes(path)
  if (container !== null) return requireRows(await readContainer({ ...opening, container }, options))
  let sink: LineSink | null = null
  const { onRow, repairs, templates = [] } = options
  const template = options.mapping === undefined ? await templateAt(opening, templates) : null
  const mapping = options.mapping ?? template?.mapping
  const context = { cellName: cellNameOf(path), onRow, repairs, mapping }
  const onLine = (text: string, number: number) => {
    if (sink === null) sink = detectFormat(text, context)
    else sink.line(text, number)
  }
  const onPlain = (block: Buffer, at: number, number: number) => sink?.plain?.(block, at, number) ?? -1
  const encoding = mapping?.encoding
  const { identity, endsOpen, last } = await readLines(opening, { ...options, encoding, onLine, onPlain })
  const content = byTemplate(withEncoding(endOf(sink), identity), template)
  return requireRows({ identity, content: endsOpen ? checkedEnd(content, last) : content })
}

async function templateAt(
  opening: Pick<Opening, 'source' | 'compressed'>,
  templates: readonly MappingTemplate[],
): Promise<MappingTemplate | null> {
  return templates.length === 0 ? null : templateOfText(await openingText(opening), templates)
}

function withEncoding(content: RecordContent, { encoding }: FileIdentity): RecordContent {
  return content.mapping === null ? content : { ...content, mapping: { ...content.mapping, encoding } }
}

function requireRows<Read extends { content: RecordContent }>(read: Read): Read {
  if (read.content.rows > 0) return read
  throw new Failure('refused', 'no-cycles', 'The file has a heading but no rows.', {
    advice: 'Export the file again with its measured rows.',
  })
}

function endOf(sink: LineSink | null): RecordContent {
  if (sink !== null) return sink.end()
  throw new Failure('refused', 'empty-file', 'The file holds no text.', {
    advice: 'Copy or export the file again.',
  })
}

function namingFile(error: unknown, path: string, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return cancelled()
  if (!(error instanceof Failure)) return error
  return new Failure(error.kind, error.code, error.message, { ...error.detail, file: path })
}
