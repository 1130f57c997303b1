/** @file What Slice and StridedSlice cut out, in plain numbers. */
import type { Step } from './step.ts'

export interface SliceRange {
  starts: number[]
  /** After the last one. */
  ends: number[]
  steps: number[]
  /** Dimensions of which one element is taken, and which are then gone. */
  shrunk: number[]
}

function plainSlice(step: Step, shape: readonly number[]): SliceRange {
  const starts = step.integers(1)
  const sizes = step.integers(2)
  const ends = starts.map((start, i) => {
    const size = sizes[i] ?? 0
    return size < 0 ? (shape[i] ?? 0) : start + size
  })
  return { starts, ends, steps: shape.map(() => 1), shrunk: [] }
}

function stridedSlice(step: Step, shape: readonly number[]): SliceRange {
  const mask = (name: string, axis: number) => ((step.number(name, 0) >> axis) & 1) === 1
  if (step.number('ellipsis_mask', 0) !== 0 || step.number('new_axis_mask', 0) !== 0)
    throw step.unsupported('uses an ellipsis or a new axis')
  const [begin, end, strides] = [step.integers(1), step.integers(2), step.integers(3)]
  if (strides.some((stride) => stride < 1)) throw step.unsupported('goes backwards')
  const range: SliceRange = { starts: [], ends: [], steps: [], shrunk: [] }
  for (const [axis, side] of shape.entries()) {
    const clamp = (value: number) => Math.min(side, Math.max(0, value < 0 ? value + side : value))
    const isListed = axis < begin.length
    const shrink = isListed && mask('shrink_axis_mask', axis)
    const start = isListed && !mask('begin_mask', axis) ? clamp(begin[axis] ?? 0) : 0
    const open = !isListed || mask('end_mask', axis)
    range.starts.push(start)
    range.ends.push(shrink ? start + 1 : open ? side : clamp(end[axis] ?? side))
    range.steps.push(strides[axis] ?? 1)
    if (shrink) range.shrunk.push(axis)
  }
  return range
}

/** The range of a Slice or StridedSlice node over a value of `shape`. */
export function sliceRange(step: Step, shape: readonly number[]): SliceRange {
  return step.node.op === 'Slice' ? plainSlice(step, shape) : stridedSlice(step, shape)
}
