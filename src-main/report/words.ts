/** `2026-11-22 15:24 UTC`: the instant as stated, never moved to this computer's zone. */
export function formatInstant(iso: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.exec(iso)
  if (match === null) return iso
  const [, date = '', time = '', zone = ''] = match
  return `${date} ${time} ${zone === 'Z' ? 'UTC' : `UTC${zone.replace('-', '−')}`}`
}

/** What nobody stated is said, never left blank. */
export function orNotStated(text: string | null, otherwise = 'not stated'): string {
  return text === null || text.trim() === '' ? otherwise : text
}
