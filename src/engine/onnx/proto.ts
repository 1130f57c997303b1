/**
 * @file The part of ONNX's protobuf schema that is read and written.
 *
 * Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. Messages that
 * are only passed through (subgraphs, functions, sequences) are declared as bytes: the wire format
 * is the same, so a file survives reading and writing.
 */
import protobuf from 'protobufjs/light.js'

export interface KeyValueProto {
  key?: string
  value?: string
}

export interface TensorProto {
  name?: string
  dims: number[]
  dataType?: number
  rawData?: Uint8Array
  floatData: number[]
  int32Data: number[]
  int64Data: number[]
  doubleData: number[]
  uint64Data: number[]
  externalData: KeyValueProto[]
  /** 1 = in a file of its own. */
  dataLocation?: number
}

export interface AttributeProto {
  name?: string
  type?: number
  f?: number
  i?: number
  s?: Uint8Array
  t?: TensorProto
  floats?: number[]
  ints?: number[]
  strings?: Uint8Array[]
}

export interface NodeProto {
  name?: string
  opType?: string
  domain?: string
  input: string[]
  output: string[]
  attribute: AttributeProto[]
}

export interface ValueInfoProto {
  name?: string
  type?: {
    tensorType?: {
      elemType?: number
      shape?: { dim: { dimValue?: number; dimParam?: string }[] }
    }
  }
}

export interface GraphProto {
  name?: string
  node: NodeProto[]
  initializer: TensorProto[]
  input: ValueInfoProto[]
  output: ValueInfoProto[]
  valueInfo: ValueInfoProto[]
  sparseInitializer?: Uint8Array[]
}

export interface ModelProto {
  irVersion?: number
  producerName?: string
  producerVersion?: string
  opsetImport: { domain?: string; version?: number }[]
  graph?: GraphProto
  metadataProps: KeyValueProto[]
  functions?: Uint8Array[]
}

type Field = { type: string; id: number; rule?: 'repeated'; options?: { packed: true } }

const one = (type: string, id: number): Field => ({ type, id })
const many = (type: string, id: number): Field => ({ type, id, rule: 'repeated' })
const packed = (type: string, id: number): Field => ({
  ...many(type, id),
  options: { packed: true },
})

const messages: Record<string, Record<string, Field>> = {
  KeyValue: { key: one('string', 1), value: one('string', 2) },
  OperatorSet: { domain: one('string', 1), version: one('int64', 2) },
  Model: {
    irVersion: one('int64', 1),
    producerName: one('string', 2),
    producerVersion: one('string', 3),
    domain: one('string', 4),
    modelVersion: one('int64', 5),
    docString: one('string', 6),
    graph: one('Graph', 7),
    opsetImport: many('OperatorSet', 8),
    metadataProps: many('KeyValue', 14),
    functions: many('bytes', 25),
  },
  Graph: {
    node: many('Node', 1),
    name: one('string', 2),
    initializer: many('Tensor', 5),
    docString: one('string', 10),
    input: many('ValueInfo', 11),
    output: many('ValueInfo', 12),
    valueInfo: many('ValueInfo', 13),
    quantizationAnnotation: many('bytes', 14),
    sparseInitializer: many('bytes', 15),
  },
  Node: {
    input: many('string', 1),
    output: many('string', 2),
    name: one('string', 3),
    opType: one('string', 4),
    attribute: many('Attribute', 5),
    docString: one('string', 6),
    domain: one('string', 7),
    overload: one('string', 8),
  },
  Attribute: {
    name: one('string', 1),
    f: one('float', 2),
    i: one('int64', 3),
    s: one('bytes', 4),
    t: one('Tensor', 5),
    g: one('bytes', 6),
    floats: many('float', 7),
    ints: many('int64', 8),
    strings: many('bytes', 9),
    tensors: many('bytes', 10),
    graphs: many('bytes', 11),
    tp: one('bytes', 14),
    typeProtos: many('bytes', 15),
    type: one('int32', 20),
    refAttrName: one('string', 21),
    sparseTensor: one('bytes', 22),
    sparseTensors: many('bytes', 23),
  },
  Tensor: {
    dims: many('int64', 1),
    dataType: one('int32', 2),
    floatData: packed('float', 4),
    int32Data: packed('int32', 5),
    int64Data: packed('int64', 7),
    name: one('string', 8),
    rawData: one('bytes', 9),
    doubleData: packed('double', 10),
    uint64Data: packed('uint64', 11),
    externalData: many('KeyValue', 13),
    dataLocation: one('int32', 14),
  },
  ValueInfo: { name: one('string', 1), type: one('Type', 2) },
  Type: {
    tensorType: one('TensorType', 1),
    sequenceType: one('bytes', 4),
    mapType: one('bytes', 5),
    denotation: one('string', 6),
    sparseTensorType: one('bytes', 8),
    optionalType: one('bytes', 9),
  },
  TensorType: { elemType: one('int32', 1), shape: one('Shape', 2) },
  Shape: { dim: many('Dimension', 1) },
  Dimension: {
    dimValue: one('int64', 1),
    dimParam: one('string', 2),
    denotation: one('string', 3),
  },
}

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(messages).map(([name, fields]) => [name, { edition: 'proto2', fields }]),
  ),
}).resolveAll()
const modelType = root.lookupType('Model')

/** Bytes of an `.onnx` file as plain objects. Throws what protobufjs throws. */
export function decodeModel(bytes: Uint8Array): ModelProto {
  const message = modelType.decode(bytes)
  const model: ModelProto = Object.assign(
    { opsetImport: [], metadataProps: [] },
    modelType.toObject(message, { longs: Number, arrays: true }),
  )
  return model
}

/** The inverse of `decodeModel`. */
export function encodeModel(model: ModelProto): Uint8Array {
  return modelType.encode(modelType.fromObject(model)).finish()
}
