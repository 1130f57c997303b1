/** @file What an imported network answers with: which output, in which layout, of how many classes. */
import { AppError } from '../../shared/errors.ts'
import type { ProbeAnswer } from '../infer/probe-model.ts'
import { producersOf } from '../onnx/edit.ts'
import type { Graph } from '../onnx/graph.ts'
import type { ModelDescription } from './types.ts'

export interface OutputDescription {
  output: ModelDescription['output']
  /** Number of channels. */
  channels: number
}

type Probed = ProbeAnswer['outputs'][number]

function unsupported(problem: string): AppError {
  return new AppError(
    'unsupported-model',
    `${problem}; class logits or probabilities, [1, classes, height, width] or [1, height, width, classes], were expected`,
    'Export the network without its last steps (argmax, masks, boxes).',
  )
}

/** The output asked for, or the first that looks like scores of classes. */
function chooseOutput(outputs: readonly Probed[], wanted: string | undefined): Probed {
  const described = outputs.map(({ name, type, shape }) => `'${name}' (${type} ${shape.join('x')})`)
  const all = described.join(', ')
  const fits = ({ type, shape }: Probed) => type === 'float32' && shape.length === 4
  const named = outputs.filter(({ name }) => wanted === undefined || name === wanted)
  if (named.length === 0) throw unsupported(`the network has no output '${wanted}', only ${all}`)
  const found = named.find(fits)
  if (!found) throw unsupported(`the network answers with ${all}`)
  return found
}

/** Rows and columns of the answer if it lay in this layout. */
function gridOf(shape: readonly number[], layout: 'NCHW' | 'NHWC') {
  const [, a = 1, b = 1, c = 1] = shape
  return layout === 'NCHW'
    ? { channels: a, rows: b, columns: c }
    : { channels: c, rows: a, columns: b }
}

/** The layout in which the answer has the input's shape. */
function layoutOf(answer: readonly number[], input: { height: number; width: number }) {
  const mismatch = (layout: 'NCHW' | 'NHWC'): number => {
    const { rows, columns } = gridOf(answer, layout)
    return Math.abs(Math.log((rows * input.width) / (columns * input.height)))
  }
  return mismatch('NHWC') < mismatch('NCHW') ? 'NHWC' : 'NCHW'
}

/** Operators that neither make logits into probabilities nor the other way round. */
const transparent = new Set([
  'Identity',
  'Cast',
  'Transpose',
  'Reshape',
  'Squeeze',
  'Unsqueeze',
  'Resize',
  'Slice',
])

/** Whether the network ends in a softmax or sigmoid. */
function kindOf(graph: Graph, output: string): 'logits' | 'probabilities' {
  const producers = producersOf(graph)
  let node = producers.get(output)
  while (node && transparent.has(node.op)) node = producers.get(node.inputs[0] ?? '')
  return node?.op === 'Softmax' || node?.op === 'Sigmoid' ? 'probabilities' : 'logits'
}

/**
 * Describes the output from what a run answered. `wanted` names it where there are several.
 * Throws `unsupported-model` for anything but scores of classes at the pixels of a grid.
 */
export function describeOutput(
  graph: Graph,
  { shape, outputs }: ProbeAnswer,
  inputLayout: 'NCHW' | 'NHWC',
  wanted: string | undefined,
): OutputDescription {
  const chosen = chooseOutput(outputs, wanted)
  const { rows: height, columns: width } = gridOf(shape, inputLayout)
  const layout = layoutOf(chosen.shape, { height, width })
  const { channels, rows } = gridOf(chosen.shape, layout)
  if (rows === 1 || channels > 1000)
    throw unsupported(`output '${chosen.name}' is ${chosen.shape.join('x')}`)
  const ratio = height / rows
  const stride = ratio < 1 ? ratio : Math.round(ratio)
  return {
    output: { name: chosen.name, layout, kind: kindOf(graph, chosen.name), stride },
    channels,
  }
}
