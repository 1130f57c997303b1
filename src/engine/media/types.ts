/** @file What the rest of the engine sees of a tape. Only this folder imports node-av. */
import type { LongWork } from '../../shared/progress.ts'

/** How the tape's frames become RGB; stored with the source. */
export interface Decoding {
  /** Clockwise rotation from the container's metadata, in degrees, applied by us. */
  rotation: 0 | 90 | 180 | 270
  /** Mirrored from left to right before the rotation (from the display matrix). */
  mirrored: boolean
  sampleAspectRatio: { num: number; den: number }
  /** Whether frames flagged as interlaced are deinterlaced; `never` also when an index has none. */
  deinterlace: 'flagged' | 'never'
  /** Colour matrix (a name in colour.ts) and range, after the rule for unspecified ones. */
  matrix: string
  range: 'limited' | 'full'
}

/** A tape as its headers describe it. `width` and `height` are after rotation and aspect ratio. */
export interface TapeInfo {
  kind: 'tape' | 'images'
  path: string
  container: string
  codec: string
  pixelFormat: string
  width: number
  height: number
  /** Size of the coded picture, before rotation and aspect ratio. */
  codedWidth: number
  codedHeight: number
  /** Average frame rate; 25 where the container does not say, 1 for image folders. */
  framesPerSecond: number
  timeBase: { num: number; den: number }
  decoding: Decoding
}

/** The result of the first pass over a tape: every frame that can be decoded, in output order. */
export interface TapeIndex {
  info: TapeInfo
  sizeBytes: number
  /** SHA-256 of the bytes of the file (image folders: of the names and bytes of all files). */
  sha256: string
  frames: number
  /** Presentation timestamp of each frame in `info.timeBase` units; strictly ascending. */
  pts: Float64Array
  /** CRC-32 of each decoded frame's planes: proves that a seek returned the frame it should. */
  checksums: Uint32Array
  /** Frame numbers at which decoding may start, ascending; the first is 0. */
  seekPoints: Uint32Array
  /** What a truncated or damaged tape lacks, in a sentence; null when the tape is whole. */
  problem: string | null
  /** File names of an image folder, in frame order; empty for a tape. */
  files: string[]
}

/** One decoded picture: RGB, 8 bit, rows without padding. */
export interface Picture {
  /** Frame number in the tape. */
  frame: number
  pts: number
  width: number
  height: number
  /** `[height, width, 3]`, valid until the next picture is read. */
  data: Uint8Array
}

/** Native filters that follow the decoder (see preprocess/filter-chain.ts); '' = the tape's picture. */
export interface ReaderOptions {
  filters: string
  threads?: number
}

/** Reads pictures from one tape. Whoever opens it closes it. */
export interface FrameReader extends AsyncDisposable {
  /**
   * Frame `n`, bit for bit the one that sequential decoding gives. Throws `no-such-frame`, `cancelled`.
   */
  read(frame: number, signal?: AbortSignal): Promise<Picture>
  /** The frames of an ascending list in order, each decoded once. */
  frames(list: readonly number[], work?: LongWork): AsyncIterable<Picture>
  close(): Promise<void>
}
