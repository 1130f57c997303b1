import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { openSession } from '../../../../src/engine/infer/session.ts'
import { convertGraphModel } from '../../../../src/engine/models/tfjs/convert.ts'
import { readGraphModel } from '../../../../src/engine/models/tfjs/graph-model.ts'
import { writeOnnx } from '../../../../src/engine/onnx/file.ts'
import type { Graph } from '../../../../src/engine/onnx/graph.ts'
import { floatTensor } from '../../../../src/engine/onnx/tensor.ts'
import { largestDifference } from '../../../fixtures/difference.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'
import {
  attribute,
  integer,
  integers,
  type NodeSpec,
  noise,
  TfGraph,
  type WeightSpec,
  weight,
} from '../../../fixtures/tfjs-graph.ts'

const { ints, int, float, flag, text, texts, type } = attribute
const temporary = temporaryFolder()
let counter = 0

interface Case {
  title: string
  /** Height and width of the image; 6 channels. */
  size?: [number, number]
  nodes: NodeSpec[]
  weights: WeightSpec[]
  /** ONNX operators that the converted graph consists of, in order. */
  operators: string[]
}

const channels = 6
const conv = (name: string, input: string, extra: NodeSpec['attr'] = {}): NodeSpec => ({
  name,
  op: 'Conv2D',
  input: [input, `${name}/w`],
  attr: {
    strides: ints(1, 1, 1, 1),
    dilations: ints(1, 1, 1, 1),
    padding: text('SAME'),
    data_format: text('NHWC'),
    ...extra,
  },
})

async function convert(nodes: NodeSpec[], weights: WeightSpec[], size: [number, number]) {
  const output = nodes.at(-1)?.name ?? ''
  const shape: [number, number, number, number] = [1, ...size, channels]
  const placeholder = { name: 'image', op: 'Placeholder', attr: { dtype: type('DT_FLOAT') } }
  const original = new TfGraph([placeholder, ...nodes], weights)
  const file = await original.write(temporary(`${counter++}`))
  const graph = convertGraphModel(await readGraphModel(file), {
    inputs: [{ node: 'image', type: 'float32', shape }],
    outputs: [output],
  })
  return { graph, original, shape, output }
}

/** Runs a converted graph on an image given as [1, H, W, C]; images come back in that order too. */
async function runConverted(graph: Graph, image: tf.Tensor4D): Promise<tf.Tensor> {
  const file = temporary(`${counter++}.onnx`)
  await writeOnnx(file, graph)
  await using session = await openSession(file, { device: 'cpu', threads: 1 })
  const planes = image.transpose([0, 3, 1, 2])
  const feeds = { image: floatTensor(planes.shape, Float32Array.from(planes.dataSync())) }
  const [result] = Object.values(await session.run(feeds))
  if (!result) throw new Error('no result')
  const tensor = tf.tensor(Array.from(result.data, Number), [...result.shape])
  return tensor.rank === 4 ? tensor.transpose([0, 2, 3, 1]) : tensor
}

const cases: Case[] = [
  {
    title: 'a strided convolution with a bias and Relu6, at an even size',
    nodes: [
      conv('c', 'image', { strides: ints(1, 2, 2, 1) }),
      { name: 'b', op: 'BiasAdd', input: ['c', 'bias'] },
      { name: 'out', op: 'Relu6', input: ['b'] },
    ],
    weights: [weight('c/w', [3, 3, channels, 4]), weight('bias', [4], 2)],
    operators: ['Conv', 'Clip'],
  },
  {
    title: 'fused convolutions with every kind of activation',
    nodes: [
      {
        ...conv('a', 'image'),
        op: '_FusedConv2D',
        input: ['image', 'a/w', 'a/b'],
        attr: {
          ...conv('a', '').attr,
          fused_ops: texts('BiasAdd', 'LeakyRelu'),
          num_args: int(1),
          leakyrelu_alpha: float(0.3),
        },
      },
      {
        ...conv('d', 'a'),
        op: 'FusedDepthwiseConv2dNative',
        input: ['a', 'd/w', 'd/b'],
        attr: {
          ...conv('d', '').attr,
          fused_ops: texts('BiasAdd', 'Relu6'),
          num_args: int(1),
        },
      },
      {
        ...conv('p', 'd'),
        op: '_FusedConv2D',
        input: ['d', 'p/w', 'p/b', 'p/slope'],
        attr: {
          ...conv('p', '').attr,
          padding: text('VALID'),
          fused_ops: texts('BiasAdd', 'Prelu'),
          num_args: int(2),
        },
      },
    ],
    weights: [
      weight('a/w', [3, 3, channels, 4]),
      weight('a/b', [4], 2),
      weight('d/w', [3, 3, 4, 2], 3),
      weight('d/b', [8], 4),
      weight('p/w', [3, 3, 8, 5], 5),
      weight('p/b', [5], 6),
      weight('p/slope', [1, 1, 5], 7),
    ],
    operators: ['Conv', 'LeakyRelu', 'Conv', 'Clip', 'Conv', 'PRelu'],
  },
  {
    title: 'batch normalisation, fused or as products and sums, inside of the convolution',
    nodes: [
      conv('c', 'image'),
      {
        name: 'n',
        op: 'FusedBatchNormV3',
        input: ['c', 'gamma', 'beta', 'mean', 'variance'],
        attr: { epsilon: float(0.001), is_training: flag(false), data_format: text('NHWC') },
      },
      { name: 'r', op: 'Relu', input: ['n'] },
      conv('e', 'r'),
      { name: 'm', op: 'Mul', input: ['e', 'scale'] },
      { name: 's', op: 'Sub', input: ['m', 'shift'] },
      { name: 'out', op: 'RealDiv', input: ['s', 'gamma'] },
    ],
    weights: [
      weight('c/w', [3, 3, channels, 4]),
      { ...weight('gamma', [4], 2), values: [0.5, 1.5, 0.7, -0.9] },
      weight('beta', [4], 3),
      weight('mean', [4], 4),
      { ...weight('variance', [4], 5), values: [0.3, 0.9, 1.7, 0.01] },
      weight('e/w', [1, 1, 4, 4], 6),
      weight('scale', [4], 7),
      weight('shift', [1, 1, 1, 4], 8),
    ],
    operators: ['Conv', 'Relu', 'Conv'],
  },
  {
    title: 'a residual whose bias comes after the sum',
    nodes: [
      conv('c', 'image'),
      { name: 'sum', op: 'AddN', input: ['image', 'c'] },
      { name: 'out', op: 'AddV2', input: ['bias', 'sum'] },
    ],
    weights: [weight('c/w', [3, 3, channels, channels]), weight('bias', [channels], 2)],
    operators: ['Conv', 'Add'],
  },
  {
    title: 'a dilated convolution written as batches, with a bias inside',
    size: [13, 10],
    nodes: [
      { name: 'in', op: 'SpaceToBatchND', input: ['image', 'block', 'pads'] },
      {
        ...conv('c', 'in', { padding: text('VALID') }),
        op: 'DepthwiseConv2dNative',
      },
      { name: 'b', op: 'BiasAdd', input: ['c', 'bias'] },
      { name: 'out', op: 'BatchToSpaceND', input: ['b', 'block', 'crops'] },
    ],
    weights: [
      weight('c/w', [3, 3, channels, 1]),
      weight('bias', [channels], 2),
      integers('block', 2, 2),
      { name: 'pads', shape: [2, 2], values: [2, 3, 2, 2], dtype: 'int32' },
      { name: 'crops', shape: [2, 2], values: [0, 1, 0, 0], dtype: 'int32' },
    ],
    operators: ['Conv'],
  },
  {
    title: 'padding, pooling and a mean over the picture',
    size: [9, 12],
    nodes: [
      { name: 'p', op: 'MirrorPad', input: ['image', 'p/n'], attr: { mode: text('REFLECT') } },
      { name: 'q', op: 'PadV2', input: ['p', 'q/n', 'fill'] },
      {
        name: 'a',
        op: 'AvgPool',
        input: ['q'],
        attr: { ksize: ints(1, 3, 3, 1), strides: ints(1, 2, 2, 1), padding: text('SAME') },
      },
      {
        name: 'm',
        op: 'MaxPool',
        input: ['a'],
        attr: { ksize: ints(1, 2, 3, 1), strides: ints(1, 1, 1, 1), padding: text('VALID') },
      },
      { name: 'mean', op: 'Mean', input: ['m', 'axes'], attr: { keep_dims: flag(true) } },
      { name: 'out', op: 'Sub', input: ['m', 'mean'] },
    ],
    weights: [
      { name: 'p/n', shape: [4, 2], values: [0, 0, 1, 2, 2, 1, 0, 0], dtype: 'int32' },
      { name: 'q/n', shape: [4, 2], values: [0, 0, 1, 0, 0, 2, 0, 0], dtype: 'int32' },
      { name: 'fill', shape: [], values: [0.25] },
      integers('axes', 1, 2),
    ],
    operators: ['Pad', 'Pad', 'AveragePool', 'MaxPool', 'GlobalAveragePool', 'Sub'],
  },
  ...(
    [
      ['ResizeBilinear', 'align_corners'],
      ['ResizeBilinear', 'half_pixel_centers'],
      ['ResizeBilinear', 'neither'],
      ['ResizeNearestNeighbor', 'align_corners'],
      ['ResizeNearestNeighbor', 'half_pixel_centers'],
      ['ResizeNearestNeighbor', 'neither'],
    ] as const
  ).map(([op, rule]) => ({
    title: `${op} with ${rule}, to a size computed from the picture's`,
    size: [7, 9] as [number, number],
    nodes: [
      { name: 'shape', op: 'Shape', input: ['image'], attr: { out_type: type('DT_INT32') } },
      {
        name: 'sides',
        op: 'StridedSlice',
        input: ['shape', 'one', 'three', 'step'],
        attr: masks({}),
      },
      { name: 'twice', op: 'Mul', input: ['sides', 'factor'] },
      {
        name: 'height',
        op: 'StridedSlice',
        input: ['twice', 'zero', 'one', 'step'],
        attr: masks({ shrink: 1 }),
      },
      { name: 'size', op: 'Pack', input: ['height', 'eleven'], attr: { N: int(2), axis: int(0) } },
      {
        name: 'out',
        op,
        input: ['image', 'size'],
        attr: {
          align_corners: flag(rule === 'align_corners'),
          half_pixel_centers: flag(rule === 'half_pixel_centers'),
        },
      },
    ],
    weights: [
      integers('zero', 0),
      integers('one', 1),
      integers('three', 3),
      integers('step', 1),
      integer('factor', 2),
      integer('eleven', 11),
    ],
    operators: ['Resize'],
  })),
  {
    title: 'concatenation, softmax over classes and a resize to the same size',
    nodes: [
      conv('c', 'image'),
      { name: 's', op: 'Sigmoid', input: ['c'] },
      { name: 'j', op: 'ConcatV2', input: ['image', 's', 'axis'], attr: { N: int(2) } },
      {
        name: 'r',
        op: 'ResizeBilinear',
        input: ['j', 'same'],
        attr: { align_corners: flag(true) },
      },
      { name: 'out', op: 'Softmax', input: ['r'] },
    ],
    weights: [weight('c/w', [1, 1, channels, 3]), integer('axis', -1), integers('same', 8, 6)],
    operators: ['Conv', 'Sigmoid', 'Concat', 'Softmax'],
  },
  {
    title: 'squeezing, slicing and transposing an image',
    nodes: [
      { name: 'q', op: 'Squeeze', input: ['image'], attr: { squeeze_dims: ints(0) } },
      { name: 't', op: 'Transpose', input: ['q', 'perm'] },
      { name: 'n', op: 'Sub', input: ['t', 'row'] },
      { name: 'l', op: 'Slice', input: ['n', 'begin', 'size'] },
      { name: 'out', op: 'ExpandDims', input: ['l', 'zero'] },
    ],
    weights: [
      integers('perm', 1, 0, 2),
      weight('row', [channels], 2),
      integers('begin', 1, 0, 2),
      integers('size', 4, -1, 3),
      integer('zero', 0),
    ],
    operators: ['Squeeze', 'Sub', 'Slice', 'Unsqueeze', 'Transpose'],
  },
  {
    title: 'a dense layer on the flattened picture',
    size: [4, 3],
    nodes: [
      conv('c', 'image', {
        padding: text('EXPLICIT'),
        explicit_paddings: ints(0, 0, 1, 0, 0, 1, 0, 0),
      }),
      { name: 'f', op: 'Reshape', input: ['c', 'flat'] },
      {
        name: 'd',
        op: '_FusedMatMul',
        input: ['f', 'w', 'b'],
        attr: { fused_ops: texts('BiasAdd', 'Relu'), num_args: int(1) },
      },
      { name: 'out', op: 'Tanh', input: ['d'] },
    ],
    weights: [
      weight('c/w', [2, 2, channels, 2]),
      integers('flat', 1, -1),
      weight('w', [24, 5], 2),
      weight('b', [5], 3),
    ],
    operators: ['Conv', 'Transpose', 'Reshape', 'MatMul', 'Add', 'Relu', 'Tanh'],
  },
  {
    title: 'class numbers by ArgMax',
    nodes: [
      {
        name: 'a',
        op: 'ArgMax',
        input: ['image', 'axis'],
        attr: { output_type: type('DT_INT64') },
      },
      { name: 'out', op: 'Cast', input: ['a'], attr: { DstT: type('DT_FLOAT') } },
    ],
    weights: [integer('axis', 3)],
    operators: ['ArgMax', 'Cast'],
  },
]

function masks({ shrink = 0 }: { shrink?: number }): NonNullable<NodeSpec['attr']> {
  return {
    shrink_axis_mask: int(shrink),
    begin_mask: int(0),
    end_mask: int(0),
    ellipsis_mask: int(0),
    new_axis_mask: int(0),
  }
}

describe('A converted graph model computes what TensorFlow.js computes', () => {
  test.each(cases)('for $title', async ({ nodes, weights, operators, size = [8, 6] }) => {
    const { graph, original, shape, output } = await convert(nodes, weights, size)
    expect(graph.nodes.map(({ op }) => op)).toEqual(operators)
    const pixels = noise(
      shape.reduce((a, b) => a * b, 1),
      9,
    )
    const image = tf.tensor4d(pixels, shape)
    const wanted = await original.run('image', image, output)
    const got = await runConverted(graph, image)
    expect(got.shape).toEqual(wanted.shape)
    expect(largestDifference(wanted.dataSync(), got.dataSync())).toBeLessThan(1e-5)
  })
})

describe('A graph model that cannot be converted', () => {
  test('is refused with the operator and the node', async () => {
    const nodes = [{ name: 'deep/odd', op: 'CropAndResize', input: ['image'] }]
    await expect(convert(nodes, [], [8, 6])).rejects.toMatchObject({
      code: 'unsupported-model',
      message: expect.stringContaining("CropAndResize 'deep/odd'"),
    })
  })

  test('is refused when a node needs its own result', async () => {
    const nodes = [
      { name: 'a', op: 'Add', input: ['image', 'b'] },
      { name: 'b', op: 'Relu', input: ['a'] },
    ]
    await expect(convert(nodes, [], [8, 6])).rejects.toMatchObject({
      code: 'bad-model',
      message: expect.stringContaining("node 'b' needs its own result"),
    })
  })

  test('is refused when batches are not put together again around a convolution', async () => {
    const nodes = [
      { name: 'in', op: 'SpaceToBatchND', input: ['image', 'block', 'pads'] },
      { name: 'out', op: 'BatchToSpaceND', input: ['in', 'block', 'pads'] },
    ]
    const pads = { ...integers('pads', 0, 0, 0, 0), shape: [2, 2] }
    await expect(convert(nodes, [integers('block', 2, 2), pads], [8, 6])).rejects.toMatchObject({
      code: 'unsupported-model',
      message: expect.stringContaining("BatchToSpaceND 'out'"),
    })
  })
})
