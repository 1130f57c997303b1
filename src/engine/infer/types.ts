/** @file What goes into a run of a network over a tape, and what comes out, frame by frame. */
import type { PixelSpans } from '../../shared/pixel-spans.ts'
import type { Size } from '../../shared/recipe.ts'
import type { TapeIndex } from '../media/types.ts'

export type { PixelSpans }

/** So many nodes of a network of one operator. */
export interface NodeCount {
  op: string
  count: number
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
  /** `[regions]`: pixels that differ from the background, where there is one. */
  changed?: Float64Array | undefined
}

/** Everything the compute process needs; plain data, so that it crosses a process. */
export interface InferTask {
  /** The tape and where its frames lie; its `info` says how they become pictures. */
  index: TapeIndex
  /** Ascending frame numbers still to be done, and the position of the first in the run. */
  frames: number[]
  firstPosition: number
  filters: string
  size: Size
  /** Folder that holds model.onnx and model.json. */
  modelFolder: string
  input: Size
  device: string
  /** Processor threads for the network; by default one per core. */
  threads?: number | undefined
  regions: PixelSpans[]
  /** What the camera sees when nobody is there, `[height, width, 3]`; else nobody tells what differs. */
  background?: Uint8Array | null
}
