/** @file Gives a network other classes by replacing the layer that makes its logits. */
import { AppError } from '../../shared/errors.ts'
import { prune, usersOf } from '../onnx/edit.ts'
import { addWeight, type Graph } from '../onnx/graph.ts'
import { floatsOf, floatTensor, intTensor, numbersOf, sizeOf, type Tensor } from '../onnx/tensor.ts'
import { type Random, randomFor } from '../train/samples/random.ts'
import { type ClassWeight, findLastLayer, type LastLayer } from './find-last-layer.ts'

export interface NewClasses {
  /** Number of the new classes. */
  classes: number
  /**
   * For each new class the old one whose weights it starts from, or null for random ones, as PyTorch
   * draws them.
   */
  rows: readonly (number | null)[]
  seed: number
  /** The outputs to keep; all unless given. */
  outputs?: readonly string[] | undefined
  /** Where classes lie in the outputs. */
  layout?: 'NCHW' | 'NHWC' | undefined
}

const classesOf = ({ tensor, axis }: ClassWeight): number => tensor.shape[axis] ?? 0

function checkRows({ classes, rows }: NewClasses, old: number): void {
  if (classes < 2)
    throw new AppError('bad-value', `${classes} classes were asked for`, 'Use two or more.')
  if (rows.length !== classes)
    throw new AppError(
      'bad-value',
      `${rows.length} rows were given for ${classes} classes`,
      'Give an old class, or none, for each new one.',
    )
  const wrong = rows.find(
    (row) => row !== null && !(Number.isInteger(row) && row >= 0 && row < old),
  )
  if (wrong === undefined) return
  throw new AppError(
    'bad-value',
    `there is no class ${wrong} among the network's ${old}`,
    `Use 0 to ${old - 1}.`,
  )
}

/** Where numbers of classes that start from nothing come from. */
type Fresh = () => number

/**
 * PyTorch's default for layers: evenly from -1/√n to 1/√n, where n numbers are summed up. What is
 * merely added starts at zero, and so does everything beside the one class of a network whose
 * probability is a sigmoid: sigmoid(z) = softmax([0, z]).
 */
function freshOf(weight: ClassWeight, rows: readonly (number | null)[], random: Random): Fresh {
  const isFromOne = classesOf(weight) === 1 && rows.includes(0)
  if (weight.fanIn === 0 || isFromOne) return () => 0
  const bound = 1 / Math.sqrt(weight.fanIn)
  return () => random.between(-bound, bound)
}

/** The weight with a slice for each row: the old class's, or fresh numbers. */
function slices(
  { name, tensor, axis }: ClassWeight,
  rows: readonly (number | null)[],
  fresh: Fresh,
): Tensor {
  const old = floatsOf(tensor, name)
  const count = tensor.shape[axis] ?? 1
  const inner = sizeOf(tensor.shape.slice(axis + 1))
  const outer = sizeOf(tensor.shape.slice(0, axis))
  const data = new Float32Array(outer * rows.length * inner)
  for (const [place, row] of rows.entries())
    for (let i = 0; i < outer; i++)
      for (let j = 0; j < inner; j++) {
        const value = row === null ? fresh() : (old[(i * count + row) * inner + j] ?? 0)
        data[(i * rows.length + place) * inner + j] = value
      }
  return floatTensor(tensor.shape.with(axis, rows.length), data)
}

/** A weight's name, if nobody else uses it, or one like it. */
function freeName(graph: Graph, name: string): string {
  const uses = usersOf(graph).get(name)?.length ?? 0
  if (uses === 1) return name
  let number = 1
  while (graph.weights.has(`${name}/${number}`)) number++
  return `${name}/${number}`
}

/**
 * Nobody else may use what has other classes afterwards, but for its shape: what follows from that
 * then has the new number of classes.
 */
function requirePrivate(graph: Graph, { values }: LastLayer, outputs: ReadonlySet<string>): void {
  const users = usersOf(graph)
  const shared = values.find((value) => {
    const others = (users.get(value) ?? []).filter((node) => node.op !== 'Shape')
    const uses = others.length + (outputs.has(value) ? 1 : 0)
    return uses > 1
  })
  if (shared === undefined) return
  throw new AppError(
    'unsupported-model',
    `the last layer cannot be replaced: its result '${shared}' is used more than once`,
    'Export the network with its logits as the only output.',
  )
}

/** Lets logits pass where a softmax or sigmoid was. */
function dropProbabilities({ probabilities }: LastLayer): void {
  for (const node of probabilities) {
    node.op = 'Identity'
    node.attributes = {}
  }
}

function renameClasses(graph: Graph, { reshapes }: LastLayer, old: number, classes: number): void {
  for (const { node, input, axis } of reshapes) {
    const name = node.inputs[input] ?? ''
    const tensor = graph.weights.get(name)
    const sides = tensor ? numbersOf(tensor) : []
    if (sides[axis] === old)
      node.inputs[input] = addWeight(
        graph,
        freeName(graph, name),
        intTensor(sides.with(axis, classes)),
      )
  }
}

function replaceOne(graph: Graph, found: LastLayer, options: NewClasses, part: number): string[] {
  const { classes, rows, seed } = options
  const old = Math.max(...found.weights.map(classesOf))
  checkRows(options, old)
  const names = found.weights.map((weight, i) => {
    const fresh = freshOf(weight, rows, randomFor(seed, part, i))
    const name = freeName(graph, weight.name)
    weight.node.inputs[weight.input] = name
    return addWeight(graph, name, slices(weight, rows, fresh))
  })
  renameClasses(graph, found, old, classes)
  dropProbabilities(found)
  for (const value of found.values) graph.values.delete(value)
  return names
}

/**
 * Replaces the layer, or the layers whose sum, makes the logits of the outputs, in place. A softmax
 * or sigmoid behind it becomes Identity: the outputs are logits of the new classes. Of a network with
 * one class, whose probability is a sigmoid, comes the same network with a softmax where that class
 * is mapped and the other starts from nothing.
 *
 * Returns the names of the new weights: the old ones' where nothing else uses those.
 * Throws `unsupported-model` naming the node that is in the way, `bad-value` for rows that do not fit.
 */
export function replaceLastLayer(graph: Graph, options: NewClasses): string[] {
  const { layout = 'NCHW', outputs = graph.outputs.map(({ name }) => name) } = options
  graph.outputs = graph.outputs.filter(({ name }) => outputs.includes(name))
  prune(graph)
  const kept = new Set(graph.outputs.map(({ name }) => name))
  const all = [...kept].map((name) => findLastLayer(graph, name, layout))
  for (const found of all) requirePrivate(graph, found, kept)
  const names = all.flatMap((found, part) => replaceOne(graph, found, options, part))
  const axis = layout === 'NCHW' ? 1 : 3
  for (const output of graph.outputs)
    output.shape = output.shape?.with(axis, options.classes) ?? null
  return names
}
