/** @file From ONNX's messages to a graph. */
import { AppError } from '../../shared/errors.ts'
import type { Attribute, Graph, GraphNode, ValueInfo } from './graph.ts'
import type {
  AttributeProto,
  GraphProto,
  ModelProto,
  NodeProto,
  TensorProto,
  ValueInfoProto,
} from './proto.ts'
import { elementBytes, elementType, sizeOf, type Tensor, tensorOf, viewBytes } from './tensor.ts'

const text = new TextDecoder()

function badModel(message: string): AppError {
  return new AppError('bad-model', message, 'Export the network again.')
}

/** The field that holds the elements where they are not raw bytes. */
function listedElements(proto: TensorProto): number[] {
  const lists = [
    proto.floatData,
    proto.int32Data,
    proto.int64Data,
    proto.doubleData,
    proto.uint64Data,
  ]
  return lists.find((list) => list.length > 0) ?? []
}

/** A weight. Throws `bad-model` when its elements do not fill its shape. */
function decodeTensor(proto: TensorProto): Tensor {
  const name = proto.name ?? ''
  const type = elementType(proto.dataType ?? 0)
  if (!type)
    throw new AppError(
      'unsupported-model',
      `weight '${name}' has element type ${proto.dataType}, which is not supported`,
      'Export the network in float32.',
    )
  const size = sizeOf(proto.dims)
  const raw = proto.rawData
  if (raw && raw.length > 0) {
    if (raw.length !== size * elementBytes(type))
      throw badModel(
        `weight '${name}' of shape ${proto.dims.join('x')} has ${raw.length} bytes, expected ${size * elementBytes(type)}`,
      )
    return { type, shape: proto.dims, data: viewBytes(type, raw) }
  }
  const listed = listedElements(proto)
  if (listed.length !== size)
    throw badModel(
      `weight '${name}' of shape ${proto.dims.join('x')} has ${listed.length} elements`,
    )
  return tensorOf(type, proto.dims, listed)
}

/** How each kind of attribute is read, by ONNX's number (AttributeProto.AttributeType). */
const attributeKinds: Record<number, (proto: AttributeProto) => Attribute | null> = {
  1: ({ f }) => ({ float: f ?? 0 }),
  2: ({ i }) => ({ int: i ?? 0 }),
  3: ({ s }) => ({ string: text.decode(s) }),
  4: ({ t }) => (t ? { tensor: decodeTensor(t) } : null),
  6: ({ floats }) => ({ floats: floats ?? [] }),
  7: ({ ints }) => ({ ints: ints ?? [] }),
  8: ({ strings }) => ({ strings: (strings ?? []).map((item) => text.decode(item)) }),
}

function decodeNode(proto: NodeProto): GraphNode {
  const attributes = proto.attribute.map((attribute): [string, Attribute] => [
    attribute.name ?? '',
    attributeKinds[attribute.type ?? 0]?.(attribute) ?? { other: attribute },
  ])
  return {
    op: proto.opType ?? '',
    domain: proto.domain ?? '',
    name: proto.name ?? '',
    inputs: proto.input,
    outputs: proto.output,
    attributes: Object.fromEntries(attributes),
  }
}

function decodeValue(proto: ValueInfoProto): ValueInfo {
  const tensor = proto.type?.tensorType
  return {
    name: proto.name ?? '',
    type: elementType(tensor?.elemType ?? 0),
    shape: tensor?.shape?.dim.map(({ dimValue, dimParam }) => dimValue ?? dimParam ?? '') ?? null,
  }
}

/** Every input of a node must be computed before it, and each value only once. */
function checkOrder(graph: Graph): void {
  const known = new Set([...graph.inputs.map(({ name }) => name), ...graph.weights.keys(), ''])
  for (const node of graph.nodes) {
    const missing = node.inputs.find((input) => !known.has(input))
    if (missing !== undefined)
      throw badModel(`node '${node.name}' (${node.op}) needs '${missing}', which nothing computes`)
    for (const output of node.outputs) known.add(output)
  }
  const lost = graph.outputs.find(({ name }) => !known.has(name))
  if (lost) throw badModel(`output '${lost.name}' is computed by no node`)
}

function decodeWeights(proto: GraphProto): Map<string, Tensor> {
  if ((proto.sparseInitializer ?? []).length > 0)
    throw new AppError(
      'unsupported-model',
      'the network has sparse weights, which are not supported',
      'Export it with dense weights.',
    )
  return new Map(proto.initializer.map((tensor) => [tensor.name ?? '', decodeTensor(tensor)]))
}

/**
 * The graph of a model. Constant nodes become weights.
 * Throws `bad-model` when it is no whole ONNX model, `unsupported-model` for what is not read.
 */
export function decodeGraph(model: ModelProto): Graph {
  const proto = model.graph
  if (!proto || model.opsetImport.length === 0)
    throw badModel('the file is no ONNX model: it has no graph or no operator set')
  const opsets = new Map(model.opsetImport.map(({ domain, version }) => [domain ?? '', version]))
  const weights = decodeWeights(proto)
  const graph: Graph = {
    name: proto.name ?? '',
    opset: opsets.get('') ?? opsets.get('ai.onnx') ?? 1,
    otherOpsets: Object.fromEntries(
      [...opsets]
        .filter(([domain]) => domain !== '' && domain !== 'ai.onnx')
        .map(([domain, version]) => [domain, version ?? 1]),
    ),
    inputs: proto.input.map(decodeValue).filter(({ name }) => !weights.has(name)),
    outputs: proto.output.map(decodeValue),
    nodes: proto.node.map(decodeNode),
    weights,
    values: new Map(proto.valueInfo.map((value) => [value.name ?? '', decodeValue(value)])),
    metadata: Object.fromEntries(
      model.metadataProps.map(({ key, value }) => [key ?? '', value ?? '']),
    ),
  }
  takeConstants(graph)
  checkOrder(graph)
  return graph
}

/** Turns Constant nodes that hold a tensor into weights. */
function takeConstants(graph: Graph): void {
  graph.nodes = graph.nodes.filter((node) => {
    const value = node.attributes.value
    const [output] = node.outputs
    if (node.op !== 'Constant' || !value || !('tensor' in value) || output === undefined)
      return true
    graph.weights.set(output, value.tensor)
    return false
  })
}
