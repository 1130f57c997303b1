/**
 * @file Writes a network layer by layer. Weights are named as in the `state_dict` of the PyTorch
 * module that the network is known from, so that its checkpoints fit: a layer's `key` is the
 * module's name there. Values are `[N, C, H, W]` with free batch, height and width.
 */
import { AppError } from '../../../shared/errors.ts'
import { type Attribute, addNode, addWeight, emptyGraph, type Graph } from '../../onnx/graph.ts'
import { floatTensor, sizeOf } from '../../onnx/tensor.ts'

/** A result of a layer: its name in the graph and its number of channels. */
export interface Value {
  readonly name: string
  readonly channels: number
}

export interface ConvolutionOptions {
  /** Side of the kernel. */
  kernel?: number
  stride?: number
  dilation?: number
  groups?: number
  bias?: boolean
}

export interface BatchNormOptions {
  epsilon?: number
  /** PyTorch's: the part of the new value in a running statistic. */
  momentum?: number
}

/** Activations without weights, with their ONNX operators. */
const activations = {
  relu: { op: 'Relu' },
  sigmoid: { op: 'Sigmoid' },
  hardSwish: { op: 'HardSwish' },
  // ONNX's default slope is .2, PyTorch's is 1/6.
  hardSigmoid: { op: 'HardSigmoid', attributes: { alpha: { float: 1 / 6 }, beta: { float: 0.5 } } },
} as const satisfies Record<string, { op: string; attributes?: Record<string, Attribute> }>

export type Activation = keyof typeof activations

const pair = (value: number) => ({ ints: [value, value] })
/** As much on every side as keeps the size at stride 1. */
const around = (reach: number) => ({ ints: [reach, reach, reach, reach] })

export class NetworkBuilder {
  readonly graph: Graph

  constructor(name: string) {
    this.graph = emptyGraph(name)
  }

  /** The input 'image' of three channels. */
  image(): Value {
    const shape = ['batch', 3, 'height', 'width']
    this.graph.inputs.push({ name: 'image', type: 'float32', shape })
    return { name: 'image', channels: 3 }
  }

  /** A node of any operator. */
  node(
    op: string,
    inputs: readonly string[],
    name: string,
    attributes: Record<string, Attribute> = {},
  ): string {
    return addNode(this.graph, op, [...inputs], name, attributes)
  }

  #weight(name: string, shape: readonly number[], value = 0): string {
    const data = new Float32Array(sizeOf(shape))
    return addWeight(this.graph, name, floatTensor(shape, value === 0 ? data : data.fill(value)))
  }

  /** A convolution that keeps the size at stride 1; `bias` is off unless asked for. */
  conv(input: Value, key: string, channels: number, options: ConvolutionOptions = {}): Value {
    const { kernel = 1, stride = 1, dilation = 1, groups = 1, bias = false } = options
    const shape = [channels, input.channels / groups, kernel, kernel]
    const inputs = [input.name, this.#weight(`${key}.weight`, shape)]
    if (bias) inputs.push(this.#weight(`${key}.bias`, [channels]))
    this.node('Conv', inputs, key, {
      kernel_shape: pair(kernel),
      strides: pair(stride),
      dilations: pair(dilation),
      pads: around((dilation * (kernel - 1)) / 2),
      group: { int: groups },
    })
    return { name: key, channels }
  }

  /** A transposed convolution, with bias, whose windows of `kernel` pixels do not overlap. */
  convTranspose(input: Value, key: string, channels: number, kernel: number): Value {
    const weight = this.#weight(`${key}.weight`, [input.channels, channels, kernel, kernel])
    const bias = this.#weight(`${key}.bias`, [channels])
    const attributes = { kernel_shape: pair(kernel), strides: pair(kernel) }
    this.node('ConvTranspose', [input.name, weight, bias], key, attributes)
    return { name: key, channels }
  }

  /** Batch normalisation by running statistics; its scale and variances start at 1. */
  batchNorm(input: Value, key: string, options: BatchNormOptions = {}): Value {
    const { epsilon = 1e-5, momentum = 0.1 } = options
    const { channels } = input
    const names = [
      this.#weight(`${key}.weight`, [channels], 1),
      this.#weight(`${key}.bias`, [channels]),
      this.#weight(`${key}.running_mean`, [channels]),
      this.#weight(`${key}.running_var`, [channels], 1),
    ]
    // ONNX's momentum is the part of the old value.
    const attributes = { epsilon: { float: epsilon }, momentum: { float: 1 - momentum } }
    return {
      name: this.node('BatchNormalization', [input.name, ...names], key, attributes),
      channels,
    }
  }

  /** An activation without weights; named after its input unless told otherwise. */
  activate(input: Value, kind: Activation, name = `${input.name}/${kind}`): Value {
    const { op, attributes }: { op: string; attributes?: Record<string, Attribute> } =
      activations[kind]
    return { name: this.node(op, [input.name], name, attributes), channels: input.channels }
  }

  /**
   * A rectifier with a learnt slope for each channel, .25 at first. ONNX wants the slopes as
   * `[C, 1, 1]`, PyTorch keeps them as `[C]`.
   */
  parametricRelu(input: Value, key: string): Value {
    const slope = this.#weight(`${key}.weight`, [input.channels, 1, 1], 0.25)
    return { name: this.node('PRelu', [input.name, slope], key), channels: input.channels }
  }

  /** Largest of each window. */
  maxPool(input: Value, name: string, kernel: number, stride: number, padding = 0): Value {
    const attributes = { kernel_shape: pair(kernel), strides: pair(stride), pads: around(padding) }
    return { name: this.node('MaxPool', [input.name], name, attributes), channels: input.channels }
  }

  /** Mean of each window, the zeros of the padding included, as PyTorch takes it. */
  averagePool(input: Value, name: string, kernel: number, stride: number, padding = 0): Value {
    const windows = { kernel_shape: pair(kernel), strides: pair(stride), pads: around(padding) }
    const attributes = { ...windows, count_include_pad: { int: 1 } }
    return {
      name: this.node('AveragePool', [input.name], name, attributes),
      channels: input.channels,
    }
  }

  /** Mean over the picture, `[N, C, 1, 1]`. */
  globalAverage(input: Value, name: string): Value {
    return { name: this.node('GlobalAveragePool', [input.name], name), channels: input.channels }
  }

  add(a: Value, b: Value, name: string): Value {
    return { name: this.node('Add', [a.name, b.name], name), channels: a.channels }
  }

  /** Product; `b` may have one pixel. */
  multiply(a: Value, b: Value, name: string): Value {
    return { name: this.node('Mul', [a.name, b.name], name), channels: a.channels }
  }

  /** Channels side by side. */
  concat(values: readonly Value[], name: string): Value {
    const names = values.map((value) => value.name)
    this.node('Concat', names, name, { axis: { int: 1 } })
    return { name, channels: values.reduce((sum, { channels }) => sum + channels, 0) }
  }

  /** Makes a layer's result an output; the result takes the output's name. */
  output(value: Value, name: string): void {
    const rename = (names: string[]) => names.map((item) => (item === value.name ? name : item))
    const producer = this.graph.nodes.find(({ outputs }) => outputs.includes(value.name))
    if (producer) producer.name = name
    for (const node of this.graph.nodes) {
      node.inputs = rename(node.inputs)
      node.outputs = rename(node.outputs)
    }
    const shape = ['batch', value.channels, '', '']
    this.graph.outputs.push({ name, type: 'float32', shape })
  }
}

/** One of a network's layers; throws `internal` when there is none of that number. */
export function layerResult(layers: readonly Value[], index: number): Value {
  const layer = layers[index]
  if (layer) return layer
  throw new AppError('internal', `the network has no layer ${index}`)
}
