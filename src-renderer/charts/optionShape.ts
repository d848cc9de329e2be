/**
 * What an option has, not what its values are. An option of the same shape overwrites the one before it in every part, so
 * the chart may keep its parts and draw them anew, several times as quick as building them again.
 */
export function optionShape(option: object): string {
  return shapeOf(option)
}

function shapeOf(part: unknown): string {
  if (Array.isArray(part)) return part.some(isParts) ? `[${part.map(shapeOf).join()}]` : ''
  if (!isParts(part)) return ''
  const own = Object.entries(part).flatMap(([key, value]) =>
    value === undefined ? [] : keyShape(key, value, part),
  )
  return `{${own.sort().join()}}`
}

function keyShape(key: string, value: unknown, { type }: Parts): string {
  // Lists of points and labels are taken over whole, whatever was there.
  if (key === 'data') return key
  if (key === 'type' || (key === 'name' && typeof type === 'string')) return `${key}=${String(value)}`
  // A style's type is a value: dotted or solid.
  if (key.endsWith('Style') && isParts(value)) return `${key}{${Object.keys(value).sort().join()}}`
  return `${key}${shapeOf(value)}`
}

type Parts = Readonly<Record<string, unknown>>

function isParts(part: unknown): part is Parts {
  return typeof part === 'object' && part !== null
}
