/** A file of a drop; one in a dropped folder knows that folder and its way from there. */
export interface DroppedFile {
  readonly file: File
  readonly within: { readonly folder: File; readonly names: readonly string[] } | null
}

/**
 * Every file of a drop, those in dropped folders too; hidden files are left out. The entries are taken before the first
 * wait, because a drop's own list is empty afterwards.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<DroppedFile[]> {
  const taken = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const found: DroppedFile[] = []
  for (const { entry, file } of taken) {
    if (entry === null || entry.isFile) found.push(...(file === null ? [] : [{ file, within: null }]))
    else for (const one of await filesUnder(entry)) found.push(placed(one, file))
  }
  return found
}

interface Found {
  readonly file: File
  readonly entry: FileSystemEntry
}

/** `fullPath` begins with the name of the dropped folder. */
function placed({ file, entry }: Found, folder: File | null): DroppedFile {
  const names = entry.fullPath.split('/').slice(2)
  return { file, within: folder === null ? null : { folder, names } }
}

async function filesUnder(entry: FileSystemEntry): Promise<Found[]> {
  if (entry.name.startsWith('.')) return []
  if (entry.isFile) return [{ file: await fileOf(entry as FileSystemFileEntry), entry }]
  const children = await childrenOf((entry as FileSystemDirectoryEntry).createReader())
  const sorted = children.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  const nested: Found[] = []
  for (const child of sorted) nested.push(...(await filesUnder(child)))
  return nested
}

/** A file that cannot be opened is handed on empty, so that it gets a row of its own. */
function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(new File([], entry.name))))
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
