/** @file Puts a checkpoint's tensors into a network of the zoo. */
import { AppError } from '../../../shared/errors.ts'
import type { Graph } from '../../onnx/graph.ts'
import { floatsOf, floatTensor, type Tensor } from '../../onnx/tensor.ts'
import type { Architecture } from './architecture.ts'

/** Entries that PyTorch keeps for itself: how many batches a normalisation has seen. */
const counters = /(^|\.)num_batches_tracked$/

/** A shape without sides of 1 at its end, which ONNX asks for where PyTorch has none. */
function trimmed(shape: readonly number[]): string {
  const last = shape.findLastIndex((side) => side !== 1)
  return `[${shape.slice(0, last + 1).join(', ')}]`
}

/** What a checkpoint must hold for a network, and what it has instead. */
interface Mismatch {
  missing: string[]
  extra: string[]
  misshapen: string[]
}

/** Weights that are a layer's, not numbers that the graph computes sizes from. */
function layerWeights(graph: Graph): [string, Tensor][] {
  return [...graph.weights].filter(([name]) => !name.includes('/'))
}

function compare(
  graph: Graph,
  tensors: ReadonlyMap<string, Tensor>,
  architecture: Pick<Architecture, 'auxiliaryHead' | 'unused'>,
): Mismatch {
  const wanted = new Map(layerWeights(graph))
  const { auxiliaryHead, unused } = architecture
  const isIgnored = (name: string): boolean =>
    counters.test(name) ||
    unused.some((pattern) => pattern.test(name)) ||
    (auxiliaryHead !== null && name.startsWith(`${auxiliaryHead}.`))
  const misshapen = [...wanted].flatMap(([name, { shape }]) => {
    const given = tensors.get(name)?.shape
    if (!given || trimmed(given) === trimmed(shape)) return []
    return [`${name} is [${given.join(', ')}], not ${trimmed(shape)}`]
  })
  return {
    missing: [...wanted.keys()].filter((name) => !tensors.has(name)),
    extra: [...tensors.keys()].filter((name) => !wanted.has(name) && !isIgnored(name)),
    misshapen,
  }
}

const listed = 10

function list(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const first = names.slice(0, listed).join(', ')
  const rest = names.length > listed ? ` and ${names.length - listed} more` : ''
  return [`${names.length} ${what}: ${first}${rest}`]
}

/**
 * Gives a network the weights of a checkpoint, by name. Counters of batches, the entries that the
 * architecture does not use, and the auxiliary head where the network has none, may be there.
 * Throws `bad-checkpoint` with the first ten names of those that are missing, extra or misshapen.
 */
export function loadWeights(
  graph: Graph,
  tensors: ReadonlyMap<string, Tensor>,
  architecture: Pick<Architecture, 'auxiliaryHead' | 'unused'>,
): void {
  const { missing, extra, misshapen } = compare(graph, tensors, architecture)
  const problems = [
    ...list('missing', missing),
    ...list('of another shape', misshapen),
    ...list('extra', extra),
  ]
  if (problems.length > 0)
    throw new AppError(
      'bad-checkpoint',
      `the checkpoint does not fit the ${graph.name}: ${problems.join('; ')}`,
      'Choose the architecture and the number of classes it was trained with.',
    )
  for (const [name, { shape }] of layerWeights(graph)) {
    const tensor = tensors.get(name)
    if (tensor) graph.weights.set(name, floatTensor(shape, floatsOf(tensor, name)))
  }
}
