/**
 * @file Seconds of one training step (loss, gradients, Adam) of a network in this engine: what
 * peers/train_step.py measures in PyTorch. Arguments: NETWORK WIDTH HEIGHT BATCH THREADS STEPS. The
 * last line is JSON: median and least seconds, the optimiser's share, largest resident memory in MB.
 */

import { channelBlock } from '../src/engine/infer/channel-block.ts'
import { replaceLastLayer } from '../src/engine/models/last-layer.ts'
import { architectures } from '../src/engine/models/zoo/architectures.ts'
import { copyGraph } from '../src/engine/onnx/copy.ts'
import type { Graph } from '../src/engine/onnx/graph.ts'
import { fixShapes } from '../src/engine/onnx/shapes.ts'
import { floatsOf, tensorOf } from '../src/engine/onnx/tensor.ts'
import { trainableWeights } from '../src/engine/train/graph/parameters.ts'
import { trainingGraph } from '../src/engine/train/graph/training-graph.ts'
import { createOptimiser, type ParameterData } from '../src/engine/train/optimisers.ts'
import { openTrainingSession } from '../src/engine/train/session/training-session.ts'
import type { Size } from '../src/shared/recipe.ts'
import { fillGolden } from '../test/fixtures/zoo-weights.ts'
import { median } from './common.ts'

const networks: Readonly<Record<string, () => Promise<Graph>>> = {
  deeplabv3_resnet50: async () =>
    fillGolden(architectures.deeplabv3_resnet50.build({ classes: 2, auxiliary: false })),
  unet_vgg16: async () => fillGolden(architectures.unet_vgg16.build({ classes: 2 })),
  'built-in': async () => {
    const graph = await architectures['deeplabv3-mobilenetv2-voc'].build({ classes: 21 })
    replaceLastLayer(graph, { classes: 2, rows: [0, 15], seed: 0 })
    return graph
  },
}

const [name = '', ...numbers] = process.argv.slice(2)
const [width = 0, height = 0, batch = 1, threads = 2, steps = 5] = numbers.map(Number)

/** The graph of a step, with the weights that it takes. */
async function build({ width, height }: Size) {
  const forward = await networks[name]?.()
  if (!forward) throw new Error(`no network ${name}; there are ${Object.keys(networks).join(', ')}`)
  const image = forward.inputs[0]?.name ?? ''
  const inputs = { [image]: [batch, 3, height, width] }
  const parameters = trainableWeights(forward)
  const fixed = copyGraph(forward)
  fixShapes(fixed, inputs)
  const training = trainingGraph(fixed, {
    inputs,
    logits: [{ name: 'logits', weight: 1 }],
    labels: [batch, height, width],
    loss: { kind: 'cross-entropy' },
    parameters,
    batchNorm: 'frozen',
    channelBlock: await channelBlock(),
  })
  const data = parameters.map((name): ParameterData & { data: Float32Array } => {
    const weight = forward.weights.get(name)
    if (!weight) throw new Error(`${name} is no weight`)
    return { name, data: Float32Array.from(floatsOf(weight, name)), group: 'all' }
  })
  return { training, data, image }
}

const { training, data, image } = await build({ width, height })
const weights = new Map(data.map((parameter) => [parameter.name, parameter.data]))
await using session = await openTrainingSession(training, weights, { device: 'cpu', threads })
const optimiser = createOptimiser({ kind: 'adam' }, data)
const pixels = batch * width * height
const feeds = {
  [image]: tensorOf(
    'float32',
    [batch, 3, height, width],
    new Float32Array(3 * pixels).map((_, i) => Math.sin(i)),
  ),
  labels: tensorOf(
    'int32',
    [batch, height, width],
    new Uint8Array(pixels).map((_, i) => i % 2),
  ),
}
const times: number[] = []
let optimising = 0
for (let step = 0; step < steps + 2; step++) {
  const started = performance.now()
  await session.compute(feeds)
  const computed = performance.now()
  optimiser.step(session.gradients, { all: 1e-5 })
  times.push((performance.now() - started) / 1000)
  if (step >= 2) optimising += (performance.now() - computed) / 1000 / steps
}
const measured = times.slice(2)
const megabytes = process.resourceUsage().maxRSS / 1024
console.log(
  JSON.stringify({ median: median(measured), least: Math.min(...measured), optimising, megabytes }),
)
