/** @file Parts of a tensor along one axis. */
import type { Tensor } from '@tensorflow/tfjs-node'
import type { Tf } from '../load-tensorflow.ts'

/** One axis from `start` on, every `stride`-th element, backwards where that is negative. */
export function sliceAxis(
  tf: Tf,
  value: Tensor,
  axis: number,
  [start, count, stride]: readonly [number, number, number],
): Tensor {
  const begin = value.shape.map(() => 0)
  const size = [...value.shape]
  begin[axis] = stride > 0 ? start : start + (count - 1) * stride
  size[axis] = (count - 1) * Math.abs(stride) + 1
  const part = tf.slice(value, begin, size)
  const ordered = stride > 0 ? part : tf.reverse(part, axis)
  if (Math.abs(stride) === 1) return ordered
  const steps = value.shape.map((_, i) => (i === axis ? Math.abs(stride) : 1))
  return tf.stridedSlice(ordered, begin.fill(0), ordered.shape, steps)
}
