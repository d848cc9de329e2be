/** Bytes of a numeric array, as the library stores it (little-endian; every supported platform is). */
export function toBlob(values: Float64Array | Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength)
}

/** Copies, so that the array is aligned and outlives the row. */
export function toFloat64(blob: Buffer): Float64Array {
  return new Float64Array(new Uint8Array(blob).buffer)
}

export function toFloat32(blob: Buffer): Float32Array {
  return new Float32Array(new Uint8Array(blob).buffer)
}
