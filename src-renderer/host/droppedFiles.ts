/**
 * Every file of a drop, those in dropped folders too; hidden files are left out. The entries are taken before the first
 * wait, because a drop's own list is empty afterwards.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const taken = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const found: File[] = []
  for (const { entry, file } of taken) {
    if (entry === null || entry.isFile) found.push(...(file === null ? [] : [file]))
    else found.push(...(await filesUnder(entry)))
  }
  return found
}

async function filesUnder(entry: FileSystemEntry): Promise<File[]> {
  if (entry.name.startsWith('.')) return []
  if (entry.isFile) return fileOf(entry as FileSystemFileEntry)
  const children = await childrenOf((entry as FileSystemDirectoryEntry).createReader())
  const sorted = children.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  const nested: File[] = []
  for (const child of sorted) nested.push(...(await filesUnder(child)))
  return nested
}

/** A file that cannot be opened is handed on empty, so that it gets a row of its own. */
function fileOf(entry: FileSystemFileEntry): Promise<File[]> {
  return new Promise((resolve) =>
    entry.file(
      (file) => resolve([file]),
      () => resolve([new File([], entry.name)]),
    ),
  )
}

/** A reader gives a hundred entries at a time and ends with none. */
async function childrenOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
