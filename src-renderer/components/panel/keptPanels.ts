import { customRef, type Ref } from 'vue'

const key = 'pimoe-panels'

/**
 * A size (px) or a fold as it was left, by the panel's name. Kept by the program as the theme is, not in the library: it
 * suits the screen and whoever sits there.
 */
export function keptOf<T extends number | boolean | readonly string[]>(name: string, standard: T): Ref<T> {
  const found = keptPanels()[name]
  let value = found !== undefined && isLike(found, standard) ? (found as T) : standard
  return customRef((track, trigger) => ({
    get: () => (track(), value),
    set: (next) => {
      value = next
      localStorage.setItem(key, JSON.stringify({ ...keptPanels(), [name]: next }))
      trigger()
    },
  }))
}

/** An older window may have kept something else. */
function isLike(found: unknown, standard: unknown): boolean {
  if (Array.isArray(standard)) return Array.isArray(found) && found.every((one) => typeof one === 'string')
  return typeof found === typeof standard
}

function keptPanels(): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
