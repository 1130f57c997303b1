/** @file The pixels of an axis of the picture on the network's output, one by one; see axis-runs.ts. */
import { type AxisCover, axisRuns } from './axis-runs.ts'

/** For each pixel of an axis, the two points of the map it lies between and the second one's weight. */
export interface AxisTable {
  before: Int32Array
  after: Int32Array
  weight: Float32Array
}

export function axisTable(pixels: number, axis: AxisCover): AxisTable {
  const table = {
    before: new Int32Array(pixels),
    after: new Int32Array(pixels),
    weight: new Float32Array(pixels),
  }
  for (const run of axisRuns(pixels, axis))
    for (let pixel = run.first; pixel < run.end; pixel++) {
      table.before[pixel] = run.low
      table.after[pixel] = run.high
      table.weight[pixel] = run.weight + (pixel - run.first) * run.step
    }
  return table
}
