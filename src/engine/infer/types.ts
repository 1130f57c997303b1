/** @file What goes into a run of a network over a tape, and what comes out, frame by frame. */
import type { Size } from '../../shared/recipe.ts'

/** The pixels of one region at recipe resolution, as runs of a row: exact and compact. */
export interface PixelSpans {
  width: number
  height: number
  /** Triples (row, first column, column after the last), sorted by row and column. */
  spans: Int32Array
  /** Number of pixels. */
  area: number
}

/** Person probability of one frame at the network's output resolution, 0 … 255. */
export interface ProbabilityMap {
  width: number
  height: number
  data: Uint8Array
}

/** What inference yields for each frame, in the order of the list. */
export interface FrameResult {
  position: number
  frame: number
  /** `[regions, 20]`: sums of person probability with p >= cut, see count/types.ts. */
  sums: Float64Array
  map: ProbabilityMap
}

/** Everything the compute process needs; plain data, so that it crosses a process. */
export interface InferTask {
  tape: { path: string; kind: 'tape' | 'images' }
  /** Ascending frame numbers still to be done, and the position of the first in the run. */
  frames: number[]
  firstPosition: number
  filters: string
  size: Size
  /** Folder that holds model.onnx and model.json. */
  modelFolder: string
  input: Size
  device: string
  threads: number
  regions: PixelSpans[]
}
