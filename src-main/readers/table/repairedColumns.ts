import { repairFactor, type Repair } from '../../../src-shared/cell/repair.ts'
import type { QuantityColumn, QuantityColumns } from './headings.ts'

/** The same columns with the factors that accepted repairs give them. */
export function repairedColumns(columns: QuantityColumns, repairs: readonly Repair[]): QuantityColumns {
  const { time, stepTime, voltage, current, chargeCapacity, dischargeCapacity, capacity } = columns
  const charge = repairFactor(repairs, 'charge')
  return {
    ...columns,
    ...(time === undefined ? {} : { time: scaled(time, repairFactor(repairs, 'time')) }),
    ...(stepTime === undefined ? {} : { stepTime: scaled(stepTime, repairFactor(repairs, 'time')) }),
    ...(voltage === undefined ? {} : { voltage: scaled(voltage, repairFactor(repairs, 'voltage')) }),
    ...(current === undefined ? {} : { current: scaled(current, repairFactor(repairs, 'current')) }),
    ...(chargeCapacity === undefined ? {} : { chargeCapacity: scaled(chargeCapacity, charge) }),
    ...(dischargeCapacity === undefined ? {} : { dischargeCapacity: scaled(dischargeCapacity, charge) }),
    ...(capacity === undefined ? {} : { capacity: scaled(capacity, charge) }),
  }
}

function scaled(column: QuantityColumn, factor: number): QuantityColumn {
  return factor === 1 ? column : { ...column, factor: column.factor * factor }
}
