/** Control characters, ends of lines, halves of characters, and marks that turn the direction of what stands around them. */
const hidden = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu
const hiddenInLongText = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu

/** Whether a line holds only what can be seen and printed. */
export function isPlainLine(text: string): boolean {
  return text.search(hidden) === -1
}

/** The same of a text of several lines. */
export function isPlainText(text: string): boolean {
  return text.search(hiddenInLongText) === -1
}

/** A line from elsewhere, as a file's name, with a � for each character that no line may hold. */
export function plainLine(text: string): string {
  return text.replace(hidden, '\uFFFD')
}
