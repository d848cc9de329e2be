/**
 * SQL: the rowid of the newest assessment of `cell` that still holds. What was assessed under another description of the
 * cell does not.
 */
export const newestValid = `(
    SELECT rowid FROM assessment AS made WHERE cell_id = cell.id
      AND ${stillStated('chemistry', 'chemistry')}
      AND ${stillStated('capacity_Ah', 'nominal_capacity_Ah')}
      AND ${stillStated('temperature_degC', 'temperature_degC')}
    ORDER BY assessed_at DESC, rowid DESC LIMIT 1)`

/** The assessment's question had the last word; where the cell itself says nothing, any word may fill in. */
function stillStated(field: string, column: string): string {
  return `iif(cell.${column} IS NULL, made.described_${field} IS NULL, made.stated_${field} = cell.${column})`
}
