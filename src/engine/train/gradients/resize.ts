/** @file The gradient of Resize, from ONNX's definition of where each element is read. */
import { AppError } from '../../../shared/errors.ts'
import { type GraphNode, intAttribute } from '../../onnx/graph.ts'
import { numbersOf } from '../../onnx/tensor.ts'
import type { GradientBuilder, GradientRules } from '../graph/gradient-builder.ts'
import { type AxisMatrix, axisMatrix, mapAxesBack } from './axis-matrix.ts'
import { plainAxis, rule } from './rule.ts'

/** One axis that is resized. */
interface ResizedAxis {
  input: number
  output: number
  scale: number
}

/** Where output `i` lies in the input, by coordinate_transformation_mode. */
const places: Readonly<Record<string, (i: number, axis: ResizedAxis) => number>> = {
  half_pixel: (i, { scale }) => (i + 0.5) / scale - 0.5,
  half_pixel_symmetric: (i, { input, output, scale }) => {
    const adjustment = output / (scale * input)
    return (input / 2) * (1 - adjustment) + (i + 0.5) / scale - 0.5
  },
  pytorch_half_pixel: (i, { output, scale }) => (output > 1 ? (i + 0.5) / scale - 0.5 : 0),
  align_corners: (i, { input, output }) => (output > 1 ? (i * (input - 1)) / (output - 1) : 0),
  asymmetric: (i, { scale }) => i / scale,
  tf_half_pixel_for_nn: (i, { scale }) => (i + 0.5) / scale,
}

/** The element that 'nearest' takes, by nearest_mode. */
const roundings: Readonly<Record<string, (place: number, scale: number) => number>> = {
  round_prefer_floor: (place) => Math.ceil(place - 0.5),
  round_prefer_ceil: (place) => Math.floor(place + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
  // What ONNX Runtime does for operator sets without a choice.
  simple: (place, scale) => (scale < 1 ? Math.ceil(place) : Math.floor(place)),
}

type Reading = (place: number, scale: number) => readonly (readonly [number, number])[]

/** Elements that are read at a place, with their weights; beyond the ends those at the ends. */
const readings: Readonly<Record<string, (node: GraphNode, isOld: boolean) => Reading>> = {
  nearest: (node, isOld) => {
    const round = choose(node, roundings, 'nearest_mode', isOld ? 'simple' : 'round_prefer_floor')
    return (place, scale) => [[round(place, scale), 1]]
  },
  linear: () => (place) => {
    const first = Math.floor(place)
    return [
      [first, 1 - (place - first)],
      [first + 1, place - first],
    ]
  },
}

function choose<Entry>(
  node: GraphNode,
  table: Readonly<Record<string, Entry>>,
  name: string,
  fallback: string,
): Entry {
  const attribute = node.attributes[name]
  const key = attribute && 'string' in attribute ? attribute.string : fallback
  const entry = Object.hasOwn(table, key) ? table[key] : undefined
  if (entry) return entry
  throw new AppError(
    'unsupported-model',
    `there is no gradient for Resize '${node.name}' with ${name} '${key}'`,
    'Train only layers that come after it, or another network.',
  )
}

/** The factor of each axis where the node has factors, by axis; sizes alone imply them. */
function scalesOf(build: GradientBuilder, node: GraphNode, axes: readonly number[]) {
  const scales = build.constantOf(node.inputs[build.graph.opset < 11 ? 1 : 2])
  const numbers = scales ? numbersOf(scales) : []
  return new Map(numbers.map((scale, i) => [axes[i] ?? i, scale]))
}

/** What a Resize does to each axis that it changes. */
export function resizeMatrices(build: GradientBuilder, node: GraphNode): AxisMatrix[] {
  const [from, to] = [build.shape(node.inputs[0] ?? ''), build.shape(node.outputs[0] ?? '')]
  const named = node.attributes.axes
  const axes =
    named && 'ints' in named ? named.ints.map((axis) => plainAxis(axis, from.length)) : []
  const scales = scalesOf(build, node, axes)
  // Until version 11 there was no choice of places and roundings.
  const isOld = build.graph.opset < 11
  const usual = isOld ? 'asymmetric' : 'half_pixel'
  const placeOf = choose(node, places, 'coordinate_transformation_mode', usual)
  const read = choose(node, readings, 'mode', 'nearest')(node, isOld)
  return from.flatMap((input, axis) => {
    const output = to[axis] ?? input
    const scale = scales.get(axis) ?? output / input
    if (output === input && scale === 1) return []
    const matrix = axisMatrix(axis, { rows: output, columns: input }, (row) =>
      read(placeOf(row, { input, output, scale }), scale).map(
        ([place, weight]) => [Math.min(Math.max(place, 0), input - 1), weight] as const,
      ),
    )
    return [matrix]
  })
}

export const resizeRules: GradientRules = {
  Resize: rule((build, { node, dy }) => {
    const unknown = ['antialias', 'exclude_outside'].find(
      (name) => intAttribute(node, name, 0) !== 0,
    )
    if (unknown)
      throw new AppError(
        'unsupported-model',
        `there is no gradient for Resize '${node.name}' with ${unknown}`,
        'Train only layers that come after it, or another network.',
      )
    return mapAxesBack(build, dy, resizeMatrices(build, node))
  }),
}
