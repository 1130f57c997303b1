/** @file What the compute process is told of a camera, and what it says of it; plain data. */
import type { Recipe, Size } from '../../shared/recipe.ts'
import type { PixelSpans, ProbabilityMap } from '../infer/types.ts'

export interface LiveTask {
  /** Names the connection while it lasts. */
  live: number
  /** With its secrets: it is never to leave the two processes. */
  address: string
  /** Null = the camera's picture as it is. */
  recipe: Recipe | null
  /** Size of the pictures that the recipe was made for; null = none were seen yet. */
  tape: Size | null
  modelFolder: string
  device: string
  threads?: number | undefined
  regions: PixelSpans[]
}

export type LiveNews =
  /** The camera sends pictures, and the network is open. */
  | {
      t: 'connected'
      camera: { width: number; height: number; codec: string; shown: Size }
      device: string
    }
  | {
      t: 'picture'
      number: number
      /** Seconds from capture to result. */
      delay: number
      /** Frames that the camera has sent. */
      seen: number
      /** `[regions, 20]`, see count/types.ts. */
      sums: Float64Array
      jpeg: Uint8Array
      map: ProbabilityMap
      /** Frames in the file that is being recorded; null = none is. */
      recorded: number | null
    }
  /** A recording has ended, because somebody wished so or the camera was lost. */
  | { t: 'recorded'; path: string; frames: number }
