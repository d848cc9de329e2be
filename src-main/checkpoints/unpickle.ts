import { Failure } from '../../src-shared/failure/failure.ts'

/** A name a pickle refers to, never looked up or run. */
export class PickleGlobal {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

export type PickleValue =
  number | string | boolean | null | PickleGlobal | PickleValue[] | Map<PickleValue, PickleValue> | object

/** What the two open-ended operations of a pickle mean to the caller. */
export interface PickleMeaning {
  /** Result of calling `callee` with `parameters`; throws on any callee it does not know. */
  call(callee: PickleValue, parameters: readonly PickleValue[]): PickleValue
  /** The object behind a persistent id. */
  load(id: PickleValue): PickleValue
}

/**
 * Reads the part of the pickle format (protocol 2) that a file of tensors needs. Nothing is ever executed: names stay
 * names, and any operation not listed here is refused.
 */
export function unpickle(bytes: Uint8Array, meaning: PickleMeaning): PickleValue {
  const reader: Reader = {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    at: 0,
    stack: [],
    marks: [],
    memo: new Map(),
    meaning,
  }
  for (;;) {
    const code = takeByte(reader)
    if (code === stop) return pop(reader)
    const operation = operations.get(code)
    if (operation === undefined)
      throw refused(`The operation 0x${code.toString(16)} is not needed for tensors.`)
    operation(reader)
  }
}

interface Reader {
  readonly bytes: Uint8Array
  readonly view: DataView
  at: number
  stack: PickleValue[]
  readonly marks: PickleValue[][]
  readonly memo: Map<number, PickleValue>
  readonly meaning: PickleMeaning
}

const stop = 0x2e

const operations = new Map<number, (reader: Reader) => void>([
  [0x80, (r) => void takeByte(r)], // PROTO
  [0x7d, (r) => r.stack.push(new Map())], // EMPTY_DICT
  [0x5d, (r) => r.stack.push([])], // EMPTY_LIST
  [0x29, (r) => r.stack.push([])], // EMPTY_TUPLE
  [0x4e, (r) => r.stack.push(null)], // NONE
  [0x88, (r) => r.stack.push(true)], // NEWTRUE
  [0x89, (r) => r.stack.push(false)], // NEWFALSE
  [0x4b, (r) => r.stack.push(takeByte(r))], // BININT1
  [0x4d, (r) => r.stack.push(take(r, 2, (at) => r.view.getUint16(at, true)))], // BININT2
  [0x4a, (r) => r.stack.push(take(r, 4, (at) => r.view.getInt32(at, true)))], // BININT
  [0x8a, (r) => r.stack.push(takeLong(r))], // LONG1
  [0x47, (r) => r.stack.push(take(r, 8, (at) => r.view.getFloat64(at, false)))], // BINFLOAT
  [0x58, (r) => r.stack.push(takeText(r))], // BINUNICODE
  [0x63, (r) => r.stack.push(new PickleGlobal(`${takeLine(r)}.${takeLine(r)}`))], // GLOBAL
  [0x28, mark], // MARK
  [0x74, (r) => endMark(r, (items) => items)], // TUPLE
  [0x85, (r) => tuple(r, 1)], // TUPLE1
  [0x86, (r) => tuple(r, 2)], // TUPLE2
  [0x87, (r) => tuple(r, 3)], // TUPLE3
  [0x71, (r) => void r.memo.set(takeByte(r), top(r))], // BINPUT
  [0x72, (r) => void r.memo.set(takeSize(r), top(r))], // LONG_BINPUT
  [0x68, (r) => r.stack.push(remembered(r, takeByte(r)))], // BINGET
  [0x6a, (r) => r.stack.push(remembered(r, takeSize(r)))], // LONG_BINGET
  [0x51, (r) => r.stack.push(r.meaning.load(pop(r)))], // BINPERSID
  [0x52, call], // REDUCE
  [0x73, (r) => setItems(r, [pop(r), pop(r)].reverse())], // SETITEM
  [0x75, setMarkedItems], // SETITEMS
  [0x62, (r) => void pop(r)], // BUILD: attributes of a dictionary (`_metadata`), of no use here
])

function take<T>(reader: Reader, length: number, read: (at: number) => T): T {
  if (reader.at + length > reader.bytes.length) throw refused('It ends too early.')
  const value = read(reader.at)
  reader.at += length
  return value
}

function takeByte(reader: Reader): number {
  return take(reader, 1, (at) => reader.bytes[at])
}

function takeSize(reader: Reader): number {
  return take(reader, 4, (at) => reader.view.getUint32(at, true))
}

function takeLong(reader: Reader): number {
  const length = takeByte(reader)
  if (length > 6) throw refused('It holds a number too long for a size.')
  return take(reader, length, (at) => {
    let value = 0
    for (let i = length - 1; i >= 0; i--) value = value * 256 + reader.bytes[at + i]
    const negative = length > 0 && reader.bytes[at + length - 1] >= 128
    return negative ? value - 256 ** length : value
  })
}

function takeText(reader: Reader): string {
  const length = takeSize(reader)
  return take(reader, length, (at) => new TextDecoder().decode(reader.bytes.subarray(at, at + length)))
}

function takeLine(reader: Reader): string {
  const end = reader.bytes.indexOf(0x0a, reader.at)
  if (end < 0) throw refused('It ends too early.')
  const line = new TextDecoder().decode(reader.bytes.subarray(reader.at, end))
  reader.at = end + 1
  return line
}

function pop(reader: Reader): PickleValue {
  const value = reader.stack.pop()
  if (value === undefined) throw refused('Its stack runs empty.')
  return value
}

function top(reader: Reader): PickleValue {
  const value = reader.stack.at(-1)
  if (value === undefined) throw refused('Its stack runs empty.')
  return value
}

function remembered(reader: Reader, index: number): PickleValue {
  const value = reader.memo.get(index)
  if (value === undefined) throw refused('It refers to something it never stored.')
  return value
}

function mark(reader: Reader): void {
  reader.marks.push(reader.stack)
  reader.stack = []
}

function endMark(reader: Reader, build: (items: PickleValue[]) => PickleValue): void {
  const items = reader.stack
  const outer = reader.marks.pop()
  if (outer === undefined) throw refused('A mark is missing.')
  reader.stack = outer
  reader.stack.push(build(items))
}

function tuple(reader: Reader, length: number): void {
  if (reader.stack.length < length) throw refused('Its stack runs empty.')
  reader.stack.push(reader.stack.splice(-length))
}

function call(reader: Reader): void {
  const parameters = pop(reader)
  const callee = pop(reader)
  if (!Array.isArray(parameters)) throw refused('A call has no parameters.')
  reader.stack.push(reader.meaning.call(callee, parameters))
}

function setMarkedItems(reader: Reader): void {
  endMark(reader, (items) => items)
  const items = pop(reader)
  if (Array.isArray(items)) setItems(reader, items)
}

function setItems(reader: Reader, items: PickleValue[]): void {
  const target = top(reader)
  if (!(target instanceof Map) || items.length % 2 !== 0)
    throw refused('Values are set on something else than a dictionary.')
  for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1])
}

function refused(message: string): Failure {
  return new Failure(
    'refused',
    'checkpoint-unreadable',
    `The checkpoint's pickle cannot be read. ${message}`,
    {
      advice: 'Save only the weights: torch.save(network.state_dict(), path).',
    },
  )
}
