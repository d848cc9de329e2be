import { excelDate } from './excelDate.ts'
import type { Maker } from './makerOf.ts'
import type { SourceCell, SourceTable } from './sourceTable.ts'

const labels: readonly { readonly key: string; readonly label: RegExp }[] = [
  { key: 'serial', label: /^(barcode|item[_ ]id|cell id|条码|电池条码|电池编号)$/i },
  { key: 'partNumber', label: /^(p\/n|part number|品号|产品编号)$/i },
  { key: 'comment', label: /^(comments?|remarks?|备注)$/i },
  { key: 'nominalCapacity', label: /^((nominal|rated)[_ ]capacity|capacity|标称容量|额定容量)$/i },
  { key: 'startTime', label: /^(start[_ ]?(date)?[_ ]?time|开始时间|启动时间)$/i },
  { key: 'testName', label: /^(test[_ ]name|测试名称)$/i },
  { key: 'creator', label: /^(creator|builder|创建者|操作员)$/i },
  { key: 'schedule', label: /^schedule[_ ]file[_ ]name$/i },
  { key: 'channel', label: /^(channel|通道)$/i },
  { key: 'activeMass', label: /^(active material|mass|活性物质)$/i },
]

const searchedRows = 60

/** What the sheets say of the test, the first value of each key; dates as `yyyy-mm-ddThh:mm:ss`, wall clock. */
export function tableMetadata(
  tables: readonly SourceTable[],
  maker: Maker,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const { name, rows } of tables) {
    if (!isAboutTest(name, maker)) continue
    for (const [i, row] of rows.slice(0, searchedRows).entries()) {
      for (const [j, cell] of row.entries()) {
        const key = keyOf(cell)
        if (key === null || Object.hasOwn(found, key)) continue
        const text = textOf(maker === 'arbin' ? rows[i + 1]?.[j] : nextCell(row, j), key)
        if (text !== null) found[key] = text
      }
    }
  }
  return found
}

function isAboutTest(sheet: string, maker: Maker): boolean {
  if (maker === 'arbin') return /^(global_)?info$|^global_table$/i.test(sheet)
  return /^(unit|test|info|单元|测试|通道)|信息/i.test(sheet)
}

function keyOf(cell: SourceCell): string | null {
  if (typeof cell !== 'string') return null
  const text = cell.trim().replace(/[:：]$/, '')
  return labels.find(({ label }) => label.test(text))?.key ?? null
}

function nextCell(row: readonly SourceCell[], at: number): SourceCell | undefined {
  const value = row.slice(at + 1, at + 3).find((cell) => cell !== null)
  return value !== undefined && keyOf(value) === null ? value : undefined
}

function textOf(cell: SourceCell | undefined, key: string): string | null {
  if (cell === undefined || cell === null || cell === '-' || cell === '') return null
  if (cell instanceof Date) return clockOf(cell)
  if (typeof cell !== 'number') return String(cell).trim()
  if (key === 'startTime') return clockOf(excelDate(cell))
  return cell === 0 ? null : String(cell)
}

function clockOf(date: Date): string {
  return new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, 19)
}
