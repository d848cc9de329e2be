/** The browser's own dialog; empty when the user changed their mind. */
export function pickFiles(options: { accept?: string; multiple: boolean }): Promise<File[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = options.multiple
  input.accept = options.accept ?? ''
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}

/** Text of one chosen file; null when the user changed their mind. */
export async function pickText(accept: string): Promise<string | null> {
  const [file] = await pickFiles({ accept, multiple: false })
  return file === undefined ? null : file.text()
}
