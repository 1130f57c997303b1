/**
 * @file One convolution forward and back (to its input and its kernel), for each kind of shape that
 * networks have: this engine's rules, with and without blocks of channels, against PyTorch's
 * channels_last. Arguments: [ROUNDS] [THREADS].
 */
import { channelBlock } from '../src/engine/infer/channel-block.ts'
import { openGraph } from '../src/engine/infer/session.ts'
import { onnxBytes } from '../src/engine/onnx/file.ts'
import { emptyGraph, type Graph, type GraphNode } from '../src/engine/onnx/graph.ts'
import { floatTensor, sizeOf } from '../src/engine/onnx/tensor.ts'
import { gradientRules } from '../src/engine/train/gradients.ts'
import { blockConvolutions } from '../src/engine/train/graph/blocked-convolutions.ts'
import { GradientBuilder } from '../src/engine/train/graph/gradient-builder.ts'
import { alternate, hasPeer, median, type Row, report, runPeer } from './common.ts'

const rounds = Number(process.argv[2] ?? 3)
const threads = Number(process.argv[3] ?? 2)
const runsPerRound = 3

interface Shape {
  title: string
  batch: number
  inputs: number
  outputs: number
  /** Height and width. */
  sides: [number, number]
  kernel: number
  stride: number
  dilation: number
  group: number
}

function shape(title: string, batch: number, numbers: readonly number[]): Shape {
  const [inputs = 1, outputs = 1, height = 1, width = 1, kernel = 1, stride = 1, dilation = 1] =
    numbers
  const group = title.startsWith('depthwise') ? inputs : 1
  return { title, batch, inputs, outputs, sides: [height, width], kernel, stride, dilation, group }
}

const shapes: readonly Shape[] = [
  shape('1x1, wide', 1, [512, 2048, 64, 64]),
  shape('1x1, narrow', 1, [256, 64, 128, 128]),
  shape('1x1, batch', 8, [64, 384, 30, 40]),
  shape('3x3, few channels', 1, [64, 64, 128, 128, 3]),
  shape('3x3, batch', 2, [128, 128, 128, 128, 3]),
  shape('3x3, strided', 1, [128, 128, 128, 128, 3, 2]),
  shape('3x3, dilated', 1, [512, 512, 64, 64, 3, 1, 4]),
  shape('3x3, dilated far', 1, [2048, 256, 64, 64, 3, 1, 36]),
  shape('stem 7x7', 1, [3, 64, 512, 512, 7, 2]),
  shape('depthwise', 8, [96, 96, 60, 80, 3]),
  shape('depthwise, dilated', 8, [384, 384, 30, 40, 3, 1, 2]),
  shape('depthwise, strided', 8, [96, 96, 120, 160, 3, 2]),
]

const torchProgram = `
import json, sys, time, torch
batch, inputs, outputs, height, width, kernel, stride, dilation, group, threads, runs = map(int, sys.argv[1:])
torch.set_num_threads(threads)
last = torch.channels_last
pad = dilation * (kernel // 2)
x = torch.randn(batch, inputs, height, width).contiguous(memory_format=last)
w = torch.randn(outputs, inputs // group, kernel, kernel).contiguous(memory_format=last)
dy = torch.randn_like(torch.conv2d(x, w, None, stride, pad, dilation, group))
times = []
for _ in range(runs + 1):
    start = time.perf_counter()
    torch.conv2d(x, w, None, stride, pad, dilation, group)
    torch.ops.aten.convolution_backward(dy, x, w, None, [stride] * 2, [pad] * 2, [dilation] * 2, False, [0, 0], group, [True, True, False])
    times.append(time.perf_counter() - start)
print(json.dumps(1000 * min(times[1:])))
`

/** The convolution y of x by w, and from dy the gradients of x and w. */
function graphOf(one: Shape): Graph {
  const { batch, inputs, outputs, sides, kernel, stride, dilation, group } = one
  const pad = dilation * ((kernel - 1) / 2)
  const results = sides.map((side) => Math.floor((side - 1) / stride) + 1)
  const shapesOf = {
    x: [batch, inputs, ...sides],
    w: [outputs, inputs / group, kernel, kernel],
    dy: [batch, outputs, ...results],
  }
  const graph = emptyGraph(one.title)
  for (const [name, sidesOf] of Object.entries(shapesOf))
    graph.inputs.push({ name, type: 'float32', shape: sidesOf })
  const node: GraphNode = {
    op: 'Conv',
    domain: '',
    name: 'y',
    inputs: ['x', 'w'],
    outputs: ['y'],
    attributes: {
      group: { int: group },
      strides: { ints: [stride, stride] },
      dilations: { ints: [dilation, dilation] },
      pads: { ints: [pad, pad, pad, pad] },
    },
  }
  graph.nodes.push(node)
  graph.values.set('y', { name: 'y', type: 'float32', shape: shapesOf.dy })
  const build = new GradientBuilder(graph, new Set(['x', 'w']), new Set())
  const [dx, dw] = gradientRules.Conv?.(build, node, ['dy']) ?? []
  for (const name of ['y', dx ?? '', dw ?? ''])
    graph.outputs.push({ name, type: 'float32', shape: build.shape(name) })
  return graph
}

/** Least milliseconds of a few runs. */
async function timeOf(graph: Graph): Promise<number> {
  await using session = await openGraph(onnxBytes(graph), { device: 'cpu', threads })
  const feeds = Object.fromEntries(
    graph.inputs.map(({ name, shape: sides }) => {
      const numbers = sides?.map(Number) ?? []
      return [name, floatTensor(numbers, new Float32Array(sizeOf(numbers)).fill(0.5))]
    }),
  )
  let results = await session.run(feeds)
  let least = Infinity
  for (let i = 0; i < runsPerRound; i++) {
    const started = performance.now()
    results = await session.run(feeds, results)
    least = Math.min(least, performance.now() - started)
  }
  return least
}

const block = await channelBlock()
const withTorch = await hasPeer('torch')
const rows: Row[] = []
for (const one of shapes) {
  const { batch, inputs, outputs, sides, kernel, stride, dilation, group } = one
  const numbers = [batch, inputs, outputs, ...sides, kernel, stride, dilation, group]
  const torch = async () =>
    Number(await runPeer(torchProgram, [...numbers, threads, runsPerRound].map(String)))
  const blocked = graphOf(one)
  if (block) blockConvolutions(blocked, block)
  const times = await alternate(rounds, {
    plain: () => timeOf(graphOf(one)),
    blocked: () => timeOf(blocked),
    ...(withTorch && { PyTorch: torch }),
  })
  const of = (name: string) => median(times.get(name) ?? [Number.NaN])
  console.log(one.title)
  rows.push({
    shape: one.title,
    sizes: numbers.join(' '),
    'plain, ms': of('plain'),
    'in blocks, ms': of('blocked'),
    'PyTorch, ms': withTorch ? of('PyTorch') : Number.NaN,
    'part of PyTorch': withTorch ? of('blocked') / of('PyTorch') : Number.NaN,
  })
}
await report('convolution-gradients', `A convolution forward and back, ${threads} threads`, rows)
