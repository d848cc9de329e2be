import { float32Bytes, int64Bytes, joined, message, text, whole, wholes, type Encoded } from './protobuf.ts'

/** The part of the ONNX format (onnx.proto, IR version 8, opset 17) that a network of ours needs; fields by their numbers there. */

export type OnnxNode = Encoded
export type OnnxTensor = Encoded

/** A size is a number, or the name of one that is free. */
export type OnnxSizes = readonly (number | string)[]

export interface OnnxGraph {
  readonly name: string
  /** In an order in which each finds its inputs computed. */
  readonly nodes: readonly OnnxNode[]
  readonly tensors: readonly OnnxTensor[]
  readonly inputs: Readonly<Record<string, OnnxSizes>>
  readonly outputs: Readonly<Record<string, OnnxSizes>>
  readonly metadata: Readonly<Record<string, string>>
}

const irVersion = 8
const opset = 17
const float32 = 1
const int64 = 7

export function onnxModel({ name, nodes, tensors, inputs, outputs, metadata }: OnnxGraph): Uint8Array {
  const graph = message(
    7,
    ...nodes.map((one) => message(1, one)),
    text(2, name),
    ...tensors.map((one) => message(5, one)),
    ...Object.entries(inputs).map(([input, sizes]) => message(11, valueType(input, sizes))),
    ...Object.entries(outputs).map(([output, sizes]) => message(12, valueType(output, sizes))),
  )
  const properties = Object.entries(metadata).map(([key, value]) => message(14, text(1, key), text(2, value)))
  return joined([
    whole(1, irVersion),
    text(2, 'pimoe'),
    graph,
    message(8, text(1, ''), whole(2, opset)),
    ...properties,
  ])
}

/** One operation; attributes are whole numbers, lists of them, or words. */
export function node(
  operation: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, number | readonly number[] | string>> = {},
): OnnxNode {
  return joined([
    ...inputs.map((input) => text(1, input)),
    ...outputs.map((output) => text(2, output)),
    text(4, operation),
    ...Object.entries(attributes).map(([name, value]) => message(5, text(1, name), attributeValue(value))),
  ])
}

export function numbers(name: string, sizes: readonly number[], values: Float32Array): OnnxTensor {
  return joined([wholes(1, sizes), whole(2, float32), text(8, name), message(9, float32Bytes(values))])
}

/** A list of whole numbers as a tensor of one axis. */
export function integers(name: string, values: readonly number[]): OnnxTensor {
  return joined([whole(1, values.length), whole(2, int64), text(8, name), message(9, int64Bytes(values))])
}

function attributeValue(value: number | readonly number[] | string): Encoded {
  if (typeof value === 'number') return joined([whole(3, value), whole(20, 2)])
  if (typeof value === 'string') return joined([text(4, value), whole(20, 3)])
  return joined([wholes(8, value), whole(20, 7)])
}

function valueType(name: string, sizes: OnnxSizes): Encoded {
  const shape = sizes.map((size) => message(1, typeof size === 'number' ? whole(1, size) : text(2, size)))
  return joined([text(1, name), message(2, message(1, whole(1, float32), message(2, ...shape)))])
}
