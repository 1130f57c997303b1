/** @file What a training needs of the memory, told from its graph before anything is computed. */
import { AppError } from '../../../shared/errors.ts'
import type { Graph } from '../../onnx/graph.ts'
import { elementBytes, sizeOf } from '../../onnx/tensor.ts'

const megabyte = 2 ** 20

/** What is there before any network: Node, ONNX Runtime, FFmpeg. */
const processBytes = 320 * megabyte

/** Share of the free memory that a training may take. */
const usableShare = 0.9

/** Bytes of a result of a node; 0 where nothing is noted of it. */
function bytesOf(graph: Graph, name: string): number {
  const { type, shape } = graph.values.get(name) ?? {}
  const sides = shape?.filter((side) => typeof side === 'number')
  return type && sides ? elementBytes(type) * sizeOf(sides) : 0
}

/**
 * The most bytes that the results of a graph's nodes take at a time, when nodes run in order and a
 * result is given up after its last use. Shapes must be fixed.
 */
export function peakBytes(graph: Graph): number {
  const lastUse = new Map<string, number>()
  for (const [at, { inputs, outputs }] of graph.nodes.entries())
    for (const name of [...inputs, ...outputs]) lastUse.set(name, at)
  for (const { name } of graph.outputs) lastUse.set(name, graph.nodes.length)
  const computed = new Set<string>()
  let now = 0
  let most = 0
  for (const [at, { inputs, outputs }] of graph.nodes.entries()) {
    for (const output of outputs) {
      if (output === '') continue
      computed.add(output)
      now += bytesOf(graph, output)
    }
    most = Math.max(most, now)
    for (const name of new Set([...inputs, ...outputs]))
      if (lastUse.get(name) === at && computed.has(name)) now -= bytesOf(graph, name)
  }
  return most
}

/**
 * What ONNX Runtime takes from the system for so many bytes in use at a time: regions of which each
 * is twice the one before, up to 1 GB (BFCArena::Extend, onnxruntime/core/framework/bfc_arena.cc).
 * Holes between the tensors take up to a third more (measured on the built-in network and ResNet-50).
 */
export function arenaBytes(inUse: number): number {
  let bytes = 0
  for (let region = megabyte; bytes < 1.3 * inUse; region = Math.min(2 * region, 1024 * megabyte))
    bytes += region
  return bytes
}

/** Bytes of a graph's constants. */
export function weightBytes(graph: Graph): number {
  let sum = 0
  for (const { data } of graph.weights.values()) sum += data.byteLength
  return sum
}

export interface MemoryNeed {
  /** One session each: the graph of a step, and the graph of what is frozen. */
  graphs: readonly Graph[]
  /** Bytes of all parameters. */
  parameters: number
  /** Numbers that the optimiser keeps for each parameter. */
  optimiserArrays: number
  /** Samples and pictures that are kept. */
  kept: number
}

/** Bytes that a training takes at most, the process included. */
export function memoryNeed({ graphs, parameters, optimiserArrays, kept }: MemoryNeed): number {
  // A session holds its constants, and once more as the kernels like them.
  const sessions = graphs.map((graph) => arenaBytes(peakBytes(graph)) + 2 * weightBytes(graph))
  // Beside the parameters themselves their gradients.
  const arrays = parameters * (2 + optimiserArrays)
  return sessions.reduce((sum, bytes) => sum + bytes, processBytes + arrays + kept)
}

/** Bytes that this process may still take without pushing the machine into swap. */
export function freeBytes(): number {
  return process.availableMemory()
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / megabyte)} MB`

/**
 * The least number of equal parts of a batch, `least` or more, with which `need` (of the samples of a
 * part) stays within the free memory. Throws `not-enough-memory` when not even one sample does.
 */
export function partsWithin(
  batch: number,
  least: number,
  free: number,
  need: (samples: number) => number,
): number {
  for (let parts = least; parts <= batch; parts++)
    if (batch % parts === 0 && need(batch / parts) <= usableShare * free) return parts
  throw new AppError(
    'not-enough-memory',
    `training needs ${megabytes(need(1))} with one picture at a time, ${megabytes(free)} are free`,
    'Close other programs, use a smaller --input, or train fewer layers with --scope head.',
  )
}
