import { z } from 'zod'
import { currentSigns, quantities, type TableMapping } from '../../../src-shared/cell/mapping.ts'

const line = z.int().min(1).max(1_000_000)
const word = z.string().min(1).max(200)

const column = z.strictObject({
  column: z.union([word, z.int().min(1).max(10_000)]),
  unit: word.nullable().exactOptional(),
})

/** A mapping as stated by a file or the window; `checkMapping` judges the words in it. */
export const mappingSchema: z.ZodType<TableMapping> = z.strictObject({
  encoding: word.exactOptional(),
  sheet: word.exactOptional(),
  delimiter: z.string().length(1).exactOptional(),
  decimal: z.enum(['.', ',']).exactOptional(),
  headingLine: line.nullable().exactOptional(),
  firstRow: line.exactOptional(),
  dateOrder: z.enum(['day', 'month']).exactOptional(),
  zone: word.exactOptional(),
  currentSign: z.enum(currentSigns).exactOptional(),
  dischargeStates: z.array(word).min(1).max(100).exactOptional(),
  columns: z.partialRecord(z.enum(quantities), column.nullable()).exactOptional(),
})
