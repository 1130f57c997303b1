/** @file Records a camera: as it comes where its codec is one of tapes, else encoded. */
import type { Frame, IRational, Packet, Stream } from 'node-av/lib'
import type { TapeInfo } from '../types.ts'
import { FrameRecorder } from './frame-recorder.ts'
import { PacketRecorder } from './packet-recorder.ts'

/** What a camera has just sent. */
export interface Arrived {
  packet: Packet
  /** When it came, in seconds. */
  arrival: number
}

/** Whoever opens it closes it. One call at a time. */
export interface Recorder {
  readonly path: string
  /** Frames in the file. */
  readonly frames: number
  packet(arrived: Arrived): Promise<void>
  /** A decoded frame, which stays the caller's, and when it was captured, in seconds. */
  frame(frame: Frame, capturedAt: number): Promise<void>
  close(): Promise<void>
}

/** Codecs that are small enough to be kept as they come. */
const kept: readonly string[] = [
  ...['h264', 'hevc', 'av1', 'vp8', 'vp9', 'mjpeg', 'mpeg4', 'mpeg1video', 'mpeg2video'],
  ...['h263', 'msmpeg4v2', 'msmpeg4v3'],
]

/**
 * Begins a file of this path, to which the ending is added. `timeBase` is that of the packets' stamps.
 * Throws what the disk says.
 */
export function openRecorder(
  path: string,
  info: TapeInfo,
  { stream, timeBase }: { stream: Stream; timeBase: IRational },
): Promise<Recorder> {
  return kept.includes(info.codec)
    ? PacketRecorder.open(`${path}.mkv`, stream, timeBase)
    : FrameRecorder.open(`${path}.mp4`, info)
}
