/** Objects of a PDF by number, each with all bytes up to the next. */
export type PdfObjects = ReadonlyMap<number, Uint8Array>

/**
 * Objects of a PDF with one plain cross-reference table (ISO 32000-1, 7.5.4), in the file's order; null where the table
 * does not fit the file.
 */
export function readObjects(pdf: Uint8Array): PdfObjects | null {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
  const table = Number(
    /startxref\n(\d+)\n%%EOF\n/.exec(file.toString('latin1', file.length - 1024))?.[1] ?? -1,
  )
  if (file.toString('latin1', table, table + 5) !== 'xref\n') return null
  const rows =
    file
      .toString('latin1', table)
      .split('trailer')[0]
      ?.matchAll(/^(\d{10}) \d{5} ([nf]) $/gm) ?? []
  const offsets = [...rows].flatMap(([, offset, kind], id) =>
    kind === 'n' ? [{ id, start: Number(offset) }] : [],
  )
  const sorted = offsets.toSorted((a, b) => a.start - b.start)
  const objects = new Map<number, Uint8Array>()
  for (const [i, { id, start }] of sorted.entries()) {
    const bytes = file.subarray(start, sorted[i + 1]?.start ?? table)
    if (!bytes.toString('latin1', 0, 20).startsWith(`${id} 0 obj\n`)) return null
    objects.set(id, bytes)
  }
  return objects
}

/** Numbers of the objects that an object's dictionary names, its parent apart. */
export function referencesOf(object: Uint8Array | undefined): number[] {
  if (object === undefined) return []
  const text = Buffer.from(object.buffer, object.byteOffset, object.length).toString('latin1')
  const dictionary = text
    .slice(0, text.indexOf('\nstream\n') + 1 || text.length)
    .replace(/\/(Parent|Dest) [^\n]*/g, '')
  return Array.from(dictionary.matchAll(/(\d+) 0 R/g), ([, id]) => Number(id))
}
