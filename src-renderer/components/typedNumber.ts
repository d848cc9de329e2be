/**
 * What was typed as a number: comma and point are both a decimal sign. `grouped` where signs stand between digits so that
 * which one is the decimal sign would be a guess, wrong by a factor of a thousand: `1,000` to a reader whose decimal sign
 * is the point, several groups, and any sign in a whole number. Null: no number.
 */
export function typedNumber(
  text: string,
  { decimal, isWhole }: { decimal: string; isWhole: boolean },
): number | 'grouped' | null {
  const trimmed = text.trim().replace('−', '-')
  if (isGrouped(trimmed, isWhole) || isThousand(trimmed, decimal)) return 'grouped'
  return /^-?(\d+([.,]\d*)?|[.,]\d+)$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : null
}

function isGrouped(text: string, isWhole: boolean): boolean {
  const groups = /^-?\d{1,3}((?:[.,\s'’]\d{2,3})+)(?:[.,]\d*)?$/.exec(text)?.[1]
  if (groups === undefined) return false
  return isWhole || /[\s'’]/.test(groups) || (text.match(/[.,]/g)?.length ?? 0) > 1
}

/** One group of three behind the sign that is not the reader's decimal one. */
function isThousand(text: string, decimal: string): boolean {
  const sign = /^-?[1-9]\d{0,2}([.,])\d{3}$/.exec(text)?.[1]
  return sign !== undefined && sign !== decimal
}
