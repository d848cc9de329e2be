/** A part of a protocol-buffers message, already encoded. */
export type Encoded = Uint8Array

/** Joins parts into one. */
export function joined(parts: readonly Encoded[]): Encoded {
  const bytes = new Uint8Array(parts.reduce((all, part) => all + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** A field of non-negative whole number (wire type 0). */
export function whole(field: number, value: number): Encoded {
  return joined([tag(field, 0), varint(value)])
}

/** Several whole numbers of one repeated field, each with its tag: valid for packed and unpacked fields alike. */
export function wholes(field: number, values: readonly number[]): Encoded {
  return joined(values.map((value) => whole(field, value)))
}

/** A field of bytes, or of a message made of parts (wire type 2). */
export function message(field: number, ...parts: readonly Encoded[]): Encoded {
  const length = parts.reduce((all, part) => all + part.length, 0)
  return joined([tag(field, 2), varint(length), ...parts])
}

/** A field of UTF-8 text. */
export function text(field: number, value: string): Encoded {
  return message(field, new TextEncoder().encode(value))
}

/** Float32 numbers, little-endian on every machine. */
export function float32Bytes(values: Float32Array): Encoded {
  const view = new DataView(new ArrayBuffer(values.length * 4))
  values.forEach((value, i) => view.setFloat32(i * 4, value, true))
  return new Uint8Array(view.buffer)
}

/** Int64 numbers, little-endian. */
export function int64Bytes(values: readonly number[]): Encoded {
  const view = new DataView(new ArrayBuffer(values.length * 8))
  values.forEach((value, i) => view.setBigInt64(i * 8, BigInt(value), true))
  return new Uint8Array(view.buffer)
}

function tag(field: number, wireType: number): Encoded {
  return varint(field * 8 + wireType)
}

/** Seven bits a byte, lowest first. */
function varint(value: number): Encoded {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Uint8Array.from([...bytes, rest])
}
