/** A name within a sentence: of a long one the middle is left out, for what tells it from others often stands last. */
export function briefName(name: string, most = 48): string {
  const signs = Array.from(name)
  if (signs.length <= most) return name
  const end = Math.floor((most - 1) / 3)
  return `${signs.slice(0, most - 1 - end).join('')}…${signs.slice(-end).join('')}`
}
