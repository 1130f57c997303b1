/** @file Person probability by its definition, pixel by pixel: interpolate every class, then softmax. */
import { type OutputShape, outputStrides } from './network-output.ts'
import type { Block, BlockProbability, BlockTarget } from './picture-block.ts'

/** Weighs the four grid points around a pixel: at (low, low), (low, high), (high, low), (high, high). */
interface PixelOnGrid {
  indices: Int32Array
  weights: Float64Array
}

/** Stores what `probability` returns for each pixel of a block, once `point` weighs its grid points. */
function eachPixel(
  block: Block,
  strides: { row: number; column: number },
  target: BlockTarget,
  point: PixelOnGrid,
  probability: () => number,
): void {
  const { x, y } = block
  const { indices, weights } = point
  indices[0] = y.low * strides.row + x.low * strides.column
  indices[1] = y.low * strides.row + x.high * strides.column
  indices[2] = y.high * strides.row + x.low * strides.column
  indices[3] = y.high * strides.row + x.high * strides.column
  for (let row = 0; row < y.end - y.first; row++) {
    const down = y.weight + row * y.step
    for (let column = 0; column < x.end - x.first; column++) {
      const right = x.weight + column * x.step
      weights[0] = (1 - down) * (1 - right)
      weights[1] = (1 - down) * right
      weights[2] = down * (1 - right)
      weights[3] = down * right
      target.data[target.offset + row * target.stride + column] = probability()
    }
  }
}

/** The bilinear interpolation of one channel; `channel` is where it begins in the tensor. */
function interpolate(values: Float32Array, channel: number, point: PixelOnGrid): number {
  const { indices, weights } = point
  return (
    (weights[0] ?? 0) * (values[channel + (indices[0] ?? 0)] ?? 0) +
    (weights[1] ?? 0) * (values[channel + (indices[1] ?? 0)] ?? 0) +
    (weights[2] ?? 0) * (values[channel + (indices[2] ?? 0)] ?? 0) +
    (weights[3] ?? 0) * (values[channel + (indices[3] ?? 0)] ?? 0)
  )
}

function newPoint(): PixelOnGrid {
  return { indices: new Int32Array(4), weights: new Float64Array(4) }
}

/** For a network that answers with probabilities: the person channels, interpolated and added. */
export function summedProbability(shape: OutputShape): BlockProbability {
  const strides = outputStrides(shape)
  const point = newPoint()
  return (values, block, target) =>
    eachPixel(block, strides, target, point, () => {
      let sum = 0
      for (const channel of shape.person)
        sum += interpolate(values, channel * strides.channel, point)
      return Math.min(1, Math.max(0, sum))
    })
}

/** For a single channel of logits: its sigmoid. */
export function sigmoidProbability(shape: OutputShape): BlockProbability {
  const strides = outputStrides(shape)
  const point = newPoint()
  return (values, block, target) =>
    eachPixel(
      block,
      strides,
      target,
      point,
      () => 1 / (1 + Math.exp(-interpolate(values, 0, point))),
    )
}

/** For a channel of logits per class: softmax over all, added over the person classes. */
export function softmaxProbability(shape: OutputShape): BlockProbability {
  const strides = outputStrides(shape)
  const point = newPoint()
  const logits = new Float64Array(shape.channels)
  const person = Uint8Array.from(logits, (_, channel) => Number(shape.person.includes(channel)))
  return (values, block, target) =>
    eachPixel(block, strides, target, point, () => {
      let best = Number.NEGATIVE_INFINITY
      for (let channel = 0; channel < logits.length; channel++) {
        const logit = interpolate(values, channel * strides.channel, point)
        logits[channel] = logit
        if (logit > best) best = logit
      }
      let all = 0
      let people = 0
      for (let channel = 0; channel < logits.length; channel++) {
        const power = Math.exp((logits[channel] ?? 0) - best)
        all += power
        if (person[channel]) people += power
      }
      return people / all
    })
}
