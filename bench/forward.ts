/**
 * @file The built-in network's forward pass: this engine's session against the same network in
 * PyTorch (inference_mode, channels_last), two threads each. Arguments: [ROUNDS].
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openSession } from '../src/engine/infer/session.ts'
import { builtInModel } from '../src/engine/models/built-in.ts'
import { readOnnx } from '../src/engine/onnx/file.ts'
import { type Graph, intAttribute, intsAttribute } from '../src/engine/onnx/graph.ts'
import { floatsOf, floatTensor } from '../src/engine/onnx/tensor.ts'
import { alternate, hasPeer, median, type Row, report, runPeer, scratch } from './common.ts'

const rounds = Number(process.argv[2] ?? 5)
const runsPerRound = 12
const threads = 2
const sizes: [number, number][] = [
  [500, 500],
  [320, 240],
]

/** Runs the steps that `torchSteps` writes, and writes the logits of the last run. */
const torchProgram = `
import json, sys, time
import numpy as np, torch, torch.nn.functional as F
folder, width, height, threads, runs = sys.argv[1], *map(int, sys.argv[2:])
torch.set_num_threads(threads)
last = dict(memory_format=torch.channels_last)
steps = json.load(open(folder + '/steps.json'))
floats = np.fromfile(folder + '/weights.bin', np.float32)
def weight(at, shape): return torch.from_numpy(floats[at:at + int(np.prod(shape))].reshape(shape).copy())
for step in steps:
    if step['op'] == 'Conv':
        step['w'] = weight(*step['weight']).contiguous(**last)
        step['b'] = weight(*step['bias'])
picture = np.fromfile(folder + '/image.bin', np.float32).reshape(1, 3, height, width)
picture = torch.from_numpy(picture).contiguous(**last)
def forward():
    v = {'image': picture}
    for s in steps:
        x = [v[i] for i in s['inputs']]
        if s['op'] == 'Conv': y = F.conv2d(x[0], s['w'], s['b'], s['stride'], s['padding'], s['dilation'], s['group'])
        elif s['op'] == 'Clip': y = F.relu6(x[0], inplace=True)
        elif s['op'] == 'Relu': y = F.relu(x[0], inplace=True)
        elif s['op'] == 'Add': y = x[0] + x[1]
        elif s['op'] == 'GlobalAveragePool': y = x[0].mean((2, 3), keepdim=True)
        elif s['op'] == 'Expand': y = x[0].expand(-1, -1, *x[1].shape[2:])
        elif s['op'] == 'Concat': y = torch.cat(x, 1)
        v[s['output']] = y
    return y
times = []
with torch.inference_mode():
    for i in range(runs + 3):
        start = time.perf_counter(); logits = forward(); times.append(time.perf_counter() - start)
logits.contiguous().numpy().tofile(folder + '/logits.bin')
print(json.dumps(1000 * sorted(times[3:])[runs // 2]))
`

/** The graph as a list for the program above; its weights go into one file. */
function torchSteps(graph: Graph) {
  const parts: Float32Array[] = []
  let length = 0
  const place = (name = '') => {
    const tensor = graph.weights.get(name)
    if (!tensor) throw new Error(`${name} is no weight`)
    const at = length
    parts.push(floatsOf(tensor, name))
    length += tensor.data.length
    return [at, tensor.shape] as const
  }
  const steps = graph.nodes.flatMap((node) => {
    const { op, inputs, outputs } = node
    // Expand takes its size from the value whose shape was asked for.
    if (op === 'Shape') return []
    const values = inputs
      .filter((name) => !graph.weights.has(name))
      .map((name) => name.replace(/aspp0\/shape$/, 'aspp0/Relu'))
    const step = { op, inputs: values, output: outputs[0] }
    if (op !== 'Conv') return [step]
    const stride = intsAttribute(node, 'strides', [1, 1])
    // 'SAME' at even sizes pads one side alone, for which PyTorch would need a step of its own.
    const padding = stride[0] === 2 ? [1, 1] : intsAttribute(node, 'pads', [0, 0]).slice(0, 2)
    const dilation = intsAttribute(node, 'dilations', [1, 1])
    const group = intAttribute(node, 'group', 1)
    const [weight, bias] = [place(inputs[1]), place(inputs[2])]
    return [{ ...step, stride, padding, dilation, group, weight, bias }]
  })
  return { steps, weights: Buffer.concat(parts.map((part) => new Uint8Array(part.slice().buffer))) }
}

const folder = scratch('forward')
await mkdir(folder, { recursive: true })
try {
  const model = await builtInModel(join(folder, 'cache'))
  const modelFile = join(model.folder, 'model.onnx')
  const { steps, weights } = torchSteps((await readOnnx(modelFile)).graph)
  await writeFile(join(folder, 'steps.json'), JSON.stringify(steps))
  await writeFile(join(folder, 'weights.bin'), weights)
  const withTorch = await hasPeer('torch')
  if (!withTorch) console.log('PyTorch is not installed for MASKBENCH_PEER_PYTHON; it is left out.')
  const rows: Row[] = []
  for (const [width, height] of sizes)
    rows.push(...(await compare(modelFile, width, height, withTorch)))
  await report('forward', 'Forward pass of the built-in network, 2 threads', rows)
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function compare(
  modelFile: string,
  width: number,
  height: number,
  withTorch: boolean,
): Promise<Row[]> {
  const pixels = new Float32Array(3 * width * height).map((_, i) => Math.sin(i * 12.9898))
  await writeFile(join(folder, 'image.bin'), new Uint8Array(pixels.buffer))
  await using session = await openSession(modelFile, { device: 'cpu', threads })
  const feeds = { image: floatTensor([1, 3, height, width], pixels) }
  let results = await session.run(feeds)
  const byUs = async (): Promise<number> => {
    const times: number[] = []
    for (let i = 0; i < runsPerRound + 3; i++) {
      const started = performance.now()
      results = await session.run(feeds, results)
      times.push(performance.now() - started)
    }
    return median(times.slice(3))
  }
  const byTorch = async (): Promise<number> => {
    const args = [folder, width, height, threads, runsPerRound].map(String)
    return Number(await runPeer(torchProgram, args))
  }
  const times = await alternate(rounds, { maskbench: byUs, ...(withTorch && { PyTorch: byTorch }) })
  const peer = times.get('PyTorch')
  // At even sizes the two pad differently in one step: there the difference says nothing.
  const difference = peer && width === 500 ? await distanceToTorch(results.logits?.data) : ''
  return [...times].map(([program, measured]) => ({
    size: `${width}x${height}`,
    program,
    'ms (median)': median(measured),
    fastest: Math.min(...measured),
    'part of PyTorch': peer ? median(measured) / median(peer) : '',
    'largest difference': program === 'maskbench' ? difference : '',
  }))
}

/** The largest difference between our logits and PyTorch's. */
async function distanceToTorch(data: ArrayLike<number | bigint> | undefined): Promise<number> {
  const bytes = await readFile(join(folder, 'logits.bin'))
  const theirs = new Float32Array(new Uint8Array(bytes).buffer)
  return theirs.reduce((worst, value, i) => Math.max(worst, Math.abs(value - Number(data?.[i]))), 0)
}
