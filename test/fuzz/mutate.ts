import { unpacked } from './packing.ts'

/** A number from 0 up to, not including, `below`. */
export type Random = (below: number) => number

/** Park and Miller's generator, well stirred: the same numbers on every machine for the same seed and input. */
export function seededRandom(seed: number, input: number): Random {
  let state = ((seed % 65_536) * 32_749 + input * 48_271 + 1) % 2_147_483_647
  const next = () => (state = (state * 48_271) % 2_147_483_647)
  for (let i = 0; i < 5; i++) next()
  return (below) => next() % Math.max(1, below)
}

export interface Mutation {
  readonly what: string
  readonly bytes: Buffer
}

type Mutate = (bytes: Buffer, random: Random) => Buffer

/** Changes a file; one that is packed, two times in three what it holds, which is packed again. */
export function mutated(source: Buffer, random: Random): Mutation {
  const packed = unpacked(source)
  if (packed === null || random(3) === 0) return changed(source, random)
  const at = random(packed.parts.length)
  const { what, bytes } = changed(packed.parts[at].bytes, random)
  const parts = packed.parts.map((part, i) => (i === at ? { ...part, bytes } : part))
  return { what: `${what}, packed`, bytes: packed.pack(parts) }
}

/** Of two mutations in three one is made, else two or three on top of each other. */
function changed(source: Buffer, random: Random): Mutation {
  const first = names[random(names.length)]
  let mutation = { what: first, bytes: mutations[first](source, random) }
  for (let more = Math.max(0, random(9) - 5); more > 0 && first !== 'cut'; more--) {
    const next = names[random(names.length)]
    mutation = { what: `${mutation.what}, ${next}`, bytes: mutations[next](mutation.bytes, random) }
  }
  return mutation
}

const mutations: Readonly<Record<string, Mutate>> = {
  cut: (bytes, random) => bytes.subarray(0, random(bytes.length)),
  'left out': (bytes, random) => {
    const at = random(bytes.length)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random(200))])
  },
  moved: (bytes, random) =>
    Buffer.concat([bytes.subarray(0, random(bytes.length)), bytes.subarray(random(bytes.length))]),
  'begun late': (bytes, random) => bytes.subarray(random(bytes.length)),
  twice: (bytes, random) => Buffer.concat([bytes, bytes.subarray(random(bytes.length))]),
  bytes: (bytes, random) => {
    const other = Buffer.from(bytes)
    for (let i = 0; i <= random(8); i++) other[random(bytes.length)] = random(256)
    return other
  },
  digits: (bytes, random) => replaced(bytes, /\d/g, random, () => String(random(10))),
  signs: (bytes, random) =>
    replaced(bytes, /[.,;\t"\n\r:-]/g, random, () => '.,;\t"\n\r:-\0 eE'.charAt(random(13))),
  words: (bytes, random) => replaced(bytes, /[A-Za-z]+/g, random, () => awkward[random(awkward.length)]),
  numbers: (bytes, random) =>
    replaced(bytes, /-?\d+(\.\d+)?/g, random, () => awkward[random(awkward.length)]),
  lines: (bytes, random) =>
    // Bound to the line's start: one long line without an end would be sought through from its every place.
    replaced(bytes, /^[^\n]*\n/gm, random, () => (random(2) === 0 ? '' : 'a line of words\n')),
  'line ends': (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
}
const names = Object.keys(mutations)

const awkward = [
  '',
  '-',
  'NaN',
  'Infinity',
  '-0',
  '1e999',
  '1e-400',
  '0x10',
  '1_000',
  '1,5',
  '--1',
  '9'.repeat(400),
]
awkward.push(
  '__proto__',
  'Voltage (mV)',
  'Time',
  '31.02.2024 25:61:00',
  '"',
  '""',
  '\u0000',
  'Ä',
  ' ',
  '1.2.3',
)

/** Some one to twenty of the places that the pattern matches, written anew. */
function replaced(bytes: Buffer, pattern: RegExp, random: Random, write: () => string): Buffer {
  const text = bytes.toString('latin1')
  const count = text.match(pattern)?.length ?? 0
  const one = Math.max(1, Math.floor(count / (1 + random(20))))
  const written = text.replace(pattern, (found) => (random(one) === 0 ? write() : found))
  return Buffer.from(written, 'latin1')
}
