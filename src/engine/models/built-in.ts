/**
 * @file The built-in network: DeepLabV3 on MobileNetV2, trained on PASCAL VOC, from the npm package
 * @codait/max-image-segmenter (Apache-2.0). It is converted when it is first used.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { prune, renameAll } from '../onnx/edit.ts'
import { onnxBytes } from '../onnx/file.ts'
import { addNode, type Graph, type GraphNode } from '../onnx/graph.ts'
import { modelInFolder, writeModelFolder } from './model-folder.ts'
import { convertGraphModel } from './tfjs/convert.ts'
import { readGraphModel } from './tfjs/graph-model.ts'
import { type ModelDescription, modelDescriptionSchema, type StoredModel } from './types.ts'
import { vocClasses } from './voc.ts'

export const builtInId = 'deeplabv3-mobilenetv2-voc'

const packageName = '@codait/max-image-segmenter'

/** Changes whenever the same original is converted differently. */
const converterVersion = 1

/** The side for which the original is made; its constants fit no other. */
const originalSide = 513

export const builtInDescription: ModelDescription = modelDescriptionSchema.parse({
  id: builtInId,
  name: 'DeepLabV3 MobileNetV2 (PASCAL VOC)',
  source: `npm ${packageName} 0.3.0`,
  licence: 'Apache-2.0',
  input: { name: 'image', scale: 1 / 127.5, mean: [1, 1, 1] },
  output: { name: 'logits', stride: 8 },
  classes: [...vocClasses],
  classMap: { background: 'background', person: 'person' },
  // Learning from few pictures is as good from here on as from stride 8 on (expanded_conv_6): a step
  // takes less than half, so that there is time for more of them.
  features: { low: 'expanded_conv_2/add', middle: 'expanded_conv_15/add' },
})

/** Parts of the original's names that say nothing here, and what stands for them. */
const shorter: readonly [RegExp, string][] = [
  [/^MobilenetV2\//, ''],
  [/\/BatchNorm\/FusedBatchNorm(\/Mul)?/, ''],
  [/\/ArithmeticOptimizer\/AddOpsRewrite_add/, '/add'],
  [/\/depthwise\/depthwise/, '/depthwise'],
  [/^sub_7$/, 'image'],
  [/^AvgPool2D\/AvgPool$/, 'image_pooling/average'],
  [/^ResizeBilinear_1$/, 'image_pooling/spread'],
  [/^logits\/semantic\/BiasAdd/, 'logits'],
]

function shortName(name: string): string {
  return shorter.reduce((text, [pattern, by]) => text.replace(pattern, by), name)
}

function requireNode(graph: Graph, output: string): GraphNode {
  const node = graph.nodes.find(({ outputs }) => outputs.includes(output))
  if (node) return node
  throw new AppError('bad-model', `${packageName} has no node '${output}'`, 'Install it again.')
}

/** Spreads the pooled image over the size of the features beside it, whatever that is. */
function spreadPooled(graph: Graph): void {
  const resize = requireNode(graph, 'ResizeBilinear_1')
  const [pooled = ''] = resize.inputs
  graph.nodes = graph.nodes.filter((node) => node !== resize)
  const join = graph.nodes.indexOf(requireNode(graph, 'concat'))
  const after = graph.nodes.splice(join)
  const shape = addNode(graph, 'Shape', ['aspp0/Relu'], 'aspp0/shape')
  addNode(graph, 'Expand', [pooled, shape], 'ResizeBilinear_1')
  graph.nodes.push(...after)
  prune(graph)
}

/**
 * Centres the grid of the logits. At the original's odd sizes its strided convolutions pad evenly,
 * whatever the rule. At even sizes TensorFlow's 'SAME' pads below and to the right alone, and moves
 * the grid of the logits by 7 input pixels; even padding moves it by 0, while half-pixel centres
 * are at 3.5. Even padding in the first two and 'SAME' in the third gives 4. (Person IoU on
 * humanbody2 at 320x240: .752 with 'SAME' alone, .700 with even padding alone, .754 so.)
 */
function centreGrid(graph: Graph): void {
  for (const output of ['Conv', 'expanded_conv_1/depthwise']) {
    const { auto_pad: _, ...attributes } = requireNode(graph, output).attributes
    requireNode(graph, output).attributes = { ...attributes, pads: { ints: [1, 1, 1, 1] } }
  }
}

/**
 * Converts the original from its normalised image to its logits, before they are resized, for any
 * size of the image.
 */
export async function convertBuiltIn(modelJson: string): Promise<Graph> {
  const shape = [1, originalSide, originalSide, 3]
  const graph = convertGraphModel(await readGraphModel(modelJson), {
    inputs: [{ node: 'sub_7', type: 'float32', shape }],
    outputs: ['logits/semantic/BiasAdd'],
  })
  spreadPooled(graph)
  renameAll(graph, shortName)
  for (const node of graph.nodes) node.name = node.outputs[0] ?? ''
  centreGrid(graph)
  graph.name = builtInId
  graph.inputs = [{ name: 'image', type: 'float32', shape: ['batch', 3, 'height', 'width'] }]
  graph.outputs = [{ name: 'logits', type: 'float32', shape: ['batch', 21, '', ''] }]
  return graph
}

/** Where the package's model.json lies. Throws `bad-model` when the package is not installed. */
export function builtInOriginal(): string {
  try {
    const require = createRequire(import.meta.url)
    return join(dirname(require.resolve(`${packageName}/package.json`)), 'model', 'model.json')
  } catch (error) {
    throw new AppError(
      'bad-model',
      `the package ${packageName} is not installed; it holds the built-in network`,
      'Install Maskbench again.',
      { cause: error },
    )
  }
}

/**
 * The built-in network, converted into `cacheFolder` when it is not there yet. The folder's name
 * holds a hash of what was converted, so that an update of either side converts again.
 */
export async function builtInModel(cacheFolder: string): Promise<StoredModel> {
  const original = builtInOriginal()
  const hash = createHash('sha256')
    .update(await readFile(original))
    .update(JSON.stringify([converterVersion, builtInDescription]))
  const folder = join(cacheFolder, `${builtInId}-${hash.digest('hex').slice(0, 16)}`)
  const stored = await modelInFolder(folder, 'built-in')
  if (stored) return stored
  return writeModelFolder(folder, 'built-in', {
    description: builtInDescription,
    network: onnxBytes(await convertBuiltIn(original)),
  })
}
