/** JSON documents, each ended by a newline, in UTF-8. */
export interface JsonLines {
  add(document: unknown): void
  /** A copy in memory of its own, which can go to another thread. */
  bytes(): Uint8Array<ArrayBuffer>
}

/** A UTF-16 unit takes at most so many bytes. */
const mostBytesPerUnit = 3
const newline = 10

/** Kept from block to block of a thread. */
let room = Buffer.allocUnsafeSlow(1 << 20)

/** Each line is encoded as it comes: kept as strings first, they take longer to collect than to write. One at a time. */
export function newLines(): JsonLines {
  let end = 0
  return {
    add(document) {
      const line = JSON.stringify(document)
      const needed = end + line.length * mostBytesPerUnit + 1
      if (needed > room.length) {
        const larger = Buffer.allocUnsafeSlow(2 * needed)
        larger.set(room.subarray(0, end))
        room = larger
      }
      end += room.write(line, end)
      room[end++] = newline
    },
    bytes: () => new Uint8Array(room.subarray(0, end)),
  }
}
