/** @file What the compute process says to the threads that run the network, and what they answer. */
import type { WireError } from '../../shared/transport.ts'
import type { NetworkOptions } from './network.ts'
import type { FrameResult, PixelSpans } from './types.ts'

/** What a thread is started with. */
export interface ThreadSetup {
  network: NetworkOptions
  regions: PixelSpans[]
  /** What the camera sees when nobody is there, `[height, width, 3]`; absent where it is not known. */
  background?: SharedArrayBuffer | undefined
  /** Places for pictures, `[height, width, 3]` bytes each; shared by all threads. */
  slots: SharedArrayBuffer[]
  /** One integer; pictures that wait are skipped once it is not 0. */
  stop: SharedArrayBuffer
}

export type ToThread =
  | { t: 'picture'; slot: number; position: number; frame: number }
  | { t: 'close' }

export type FromThread =
  | { t: 'ready'; device: string }
  | { t: 'failed'; error: WireError }
  | { t: 'result'; slot: number; result: FrameResult }
  | { t: 'error'; slot: number; error: WireError }
