import type { MappedColumn, Quantity, TableMapping } from '../../../src-shared/cell/mapping.ts'

/** Fields that decide where the table begins or what its cells are: columns named before may not be there afterwards. */
const structural = ['encoding', 'sheet', 'delimiter', 'headingLine'] as const

/** A mapping with one field stated, or no longer stated where the value is undefined. */
export function withField<F extends Exclude<keyof TableMapping, 'columns'>>(
  mapping: TableMapping,
  field: F,
  value: TableMapping[F] | undefined,
): TableMapping {
  const isStructural = structural.some((name) => name === field)
  const kept = Object.entries(mapping).filter(
    ([name]) => name !== field && !(isStructural && (name === 'columns' || name === 'firstRow')),
  )
  const above =
    field === 'headingLine' || !isStructural ? kept : kept.filter(([name]) => name !== 'headingLine')
  return Object.fromEntries([...above, ...(value === undefined ? [] : [[field, value]])]) as TableMapping
}

/** A mapping in which a quantity has this column, or none where that is null. */
export function withColumn(
  mapping: TableMapping,
  quantity: Quantity,
  column: MappedColumn | null,
): TableMapping {
  return { ...mapping, columns: { ...mapping.columns, [quantity]: column } }
}
