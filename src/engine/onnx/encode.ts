/** @file From a graph to ONNX's messages. */
import type { Attribute, Graph, GraphNode, ValueInfo } from './graph.ts'
import type { AttributeProto, ModelProto, NodeProto, TensorProto, ValueInfoProto } from './proto.ts'
import { bytesOf, elementNumber, type Tensor } from './tensor.ts'

/** Version of the file format; 8 belongs to opset 17. */
const irVersion = 8

const utf8 = new TextEncoder()

function encodeTensor(name: string, tensor: Tensor): TensorProto {
  return {
    name,
    dims: [...tensor.shape],
    dataType: elementNumber(tensor.type),
    rawData: bytesOf(tensor),
    floatData: [],
    int32Data: [],
    int64Data: [],
    doubleData: [],
    uint64Data: [],
    externalData: [],
  }
}

function encodeAttribute(name: string, attribute: Attribute): AttributeProto {
  if ('float' in attribute) return { name, type: 1, f: attribute.float }
  if ('int' in attribute) return { name, type: 2, i: attribute.int }
  if ('string' in attribute) return { name, type: 3, s: utf8.encode(attribute.string) }
  if ('tensor' in attribute) return { name, type: 4, t: encodeTensor('', attribute.tensor) }
  if ('floats' in attribute) return { name, type: 6, floats: [...attribute.floats] }
  if ('ints' in attribute) return { name, type: 7, ints: [...attribute.ints] }
  if ('strings' in attribute)
    return { name, type: 8, strings: attribute.strings.map((item) => utf8.encode(item)) }
  return attribute.other
}

function encodeNode(node: GraphNode): NodeProto {
  return {
    name: node.name,
    opType: node.op,
    domain: node.domain,
    input: node.inputs,
    output: node.outputs,
    attribute: Object.entries(node.attributes).map(([name, value]) => encodeAttribute(name, value)),
  }
}

function encodeValue({ name, type, shape }: ValueInfo): ValueInfoProto {
  if (!type) return { name }
  const dim = shape?.map((side) => {
    if (typeof side === 'number') return { dimValue: side }
    return side === '' ? {} : { dimParam: side }
  })
  return {
    name,
    type: { tensorType: { elemType: elementNumber(type), ...(dim && { shape: { dim } }) } },
  }
}

/** The model message of a graph. Its weights are not copied. */
export function encodeGraph(graph: Graph): ModelProto {
  const others = Object.entries(graph.otherOpsets).map(([domain, version]) => ({ domain, version }))
  return {
    irVersion,
    producerName: 'maskbench',
    opsetImport: [{ domain: '', version: graph.opset }, ...others],
    metadataProps: Object.entries(graph.metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: graph.name,
      node: graph.nodes.map(encodeNode),
      initializer: [...graph.weights].map(([name, tensor]) => encodeTensor(name, tensor)),
      input: graph.inputs.map(encodeValue),
      output: graph.outputs.map(encodeValue),
      valueInfo: [...graph.values.values()].map(encodeValue),
    },
  }
}
