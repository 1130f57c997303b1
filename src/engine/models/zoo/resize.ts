/** @file Layers that bring a value to another size, given by the size of another value. */
import type { Attribute } from '../../onnx/graph.ts'
import { addWeight } from '../../onnx/graph.ts'
import { floatTensor } from '../../onnx/tensor.ts'
import type { NetworkBuilder, Value } from './network-builder.ts'

const text = (string: string) => ({ string })

/** How PyTorch's F.interpolate reads pixels, as attributes of ONNX's Resize. */
const samplings = {
  /** mode='nearest' */
  nearest: {
    mode: text('nearest'),
    coordinate_transformation_mode: text('asymmetric'),
    nearest_mode: text('floor'),
  },
  /** mode='bilinear', align_corners=False */
  linear: { mode: text('linear'), coordinate_transformation_mode: text('half_pixel') },
  /** mode='bilinear', align_corners=True */
  linearCorners: { mode: text('linear'), coordinate_transformation_mode: text('align_corners') },
} as const satisfies Record<string, Record<string, Attribute>>

export type Sampling = keyof typeof samplings

/** Resizes to the rows and columns that the value `sides` holds, `[2]`. */
export function resizeTo(
  build: NetworkBuilder,
  input: Value,
  sides: string,
  sampling: Sampling,
  name: string,
): Value {
  // Opset 17 wants all four sides.
  const front = build.node('Shape', [input.name], `${name}/front`, { end: { int: 2 } })
  const shape = build.node('Concat', [front, sides], `${name}/shape`, { axis: { int: 0 } })
  build.node('Resize', [input.name, '', '', shape], name, samplings[sampling])
  return { name, channels: input.channels }
}

/** Resizes to the rows and columns of `like`. */
export function resizeLike(
  build: NetworkBuilder,
  input: Value,
  like: Value,
  sampling: Sampling,
  name: string,
): Value {
  const sides = build.node('Shape', [like.name], `${name}/sides`, { start: { int: 2 } })
  return resizeTo(build, input, sides, sampling, name)
}

/** Resizes by a whole factor. */
export function enlarge(
  build: NetworkBuilder,
  input: Value,
  factor: number,
  sampling: Sampling,
  name: string,
): Value {
  const scales = floatTensor([4], Float32Array.of(1, 1, factor, factor))
  const scalesName = addWeight(build.graph, `${name}/scales`, scales)
  build.node('Resize', [input.name, '', scalesName], name, samplings[sampling])
  return { name, channels: input.channels }
}

/** Spreads a picture of one pixel over the size of `like`, which has as many channels. */
export function spreadLike(build: NetworkBuilder, input: Value, like: Value, name: string): Value {
  const shape = build.node('Shape', [like.name], `${name}/shape`)
  build.node('Expand', [input.name, shape], name)
  return { name, channels: input.channels }
}
