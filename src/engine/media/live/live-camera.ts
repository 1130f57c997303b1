/**
 * @file Reads a camera as fast as it sends, keeps the latest frame, and makes a picture of it for
 * whoever is ready for one: what came meanwhile is passed over, so that no delay can grow.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { AV_NOPTS_VALUE, AVERROR_EAGAIN } from 'node-av/constants'
import { type CodecContext, Frame, type IRational, Packet } from 'node-av/lib'
import { AppError, throwIfCancelled } from '../../../shared/errors.ts'
import { openCodec } from '../decoder.ts'
import { nativeReason } from '../ffmpeg.ts'
import type { TapeInput } from '../input.ts'
import { PicturePipe } from '../picture-pipe.ts'
import { PictureRing } from '../picture-ring.ts'
import { describeTape } from '../probe.ts'
import type { TapeInfo } from '../types.ts'
import { CaptureClock } from './capture-clock.ts'
import { LatestFrame } from './latest-frame.ts'
import { openLive } from './open-live.ts'
import { openRecorder, type Recorder } from './recorder.ts'

/** A picture of the camera. */
export interface CameraPicture {
  /** Of the frames that the camera sent, from 0. */
  number: number
  /** When it was captured, in seconds since 1970. */
  capturedAt: number
  width: number
  height: number
  /** `[height, width, 3]`, valid until two more have been read. */
  data: Uint8Array
}

/** Every further thread holds a frame back. */
const decoderThreads = 2
const filterThreads = 2
/** Devices say so when they have nothing yet. */
const pauseMs = 4

/** Streams that carry no time: their frames are stamped when they come, in milliseconds. */
const withoutTime: readonly string[] = ['mpjpeg', 'mjpeg', 'h264', 'hevc', 'm4v', 'mpegvideo']
const milliseconds: IRational = { num: 1, den: 1000 }

const now = (): number => Date.now() / 1000

/** Whoever opens it disposes of it. */
export class LiveCamera implements AsyncDisposable {
  readonly info: TapeInfo
  /** Frames that came out of the decoder. */
  seen = 0
  readonly #input: TapeInput
  readonly #codec: CodecContext
  readonly #signal: AbortSignal
  readonly #isStampedHere: boolean
  readonly #timeBase: IRational
  readonly #packet = new Packet()
  readonly #decoded = new Frame()
  readonly #clock = new CaptureClock()
  readonly #ring = new PictureRing()
  readonly #latest: LatestFrame
  #recorder: Recorder | null = null
  #reading: Promise<void> | null = null

  private constructor(input: TapeInput, codec: CodecContext, signal: AbortSignal) {
    this.#input = input
    this.#codec = codec
    this.#signal = signal
    this.#latest = new LatestFrame(signal)
    const info = describeTape(input)
    // Frames are passed over: those on either side of one say nothing about it.
    this.info = { ...info, decoding: { ...info.decoding, deinterlace: 'never' } }
    this.#isStampedHere = withoutTime.includes(info.container)
    this.#timeBase = this.#isStampedHere ? milliseconds : input.stream.timeBase
    this.#packet.alloc()
    this.#decoded.alloc()
  }

  /** Connects and begins to read. Throws what `openLive` and `openCodec` throw. */
  static async open(address: string, signal: AbortSignal): Promise<LiveCamera> {
    const input = await openLive(address, { signal })
    let codec: CodecContext | null = null
    try {
      codec = await openCodec(input, { threads: decoderThreads })
      const camera = new LiveCamera(input, codec, signal)
      camera.#reading = camera.#read().catch((error: unknown) => camera.#latest.fail(error))
      return camera
    } catch (error) {
      codec?.freeContext()
      await input[Symbol.asyncDispose]()
      throw error
    }
  }

  /** What is recorded now; null = nothing. */
  get recording(): Pick<Recorder, 'path' | 'frames'> | null {
    return this.#recorder
  }

  /** Writes everything from the next key frame on to a file of this name, whose path is returned. */
  async record(path: string): Promise<string> {
    if (this.#recorder) return this.#recorder.path
    const { stream } = this.#input
    const recorder = await openRecorder(path, this.info, { stream, timeBase: this.#timeBase })
    this.#recorder = recorder
    return recorder.path
  }

  /** Finishes the file; null where nothing was recorded. */
  async endRecording(): Promise<{ path: string; frames: number } | null> {
    const recorder = this.#recorder
    this.#recorder = null
    if (!recorder) return null
    // What could not be written, the reading has told.
    await this.#writing.catch(() => {})
    await recorder.close()
    return { path: recorder.path, frames: recorder.frames }
  }

  /** The pictures of the latest frames through filters, until the camera is lost or the signal aborted. */
  async *pictures(filters: string): AsyncGenerator<CameraPicture> {
    using pipe = new PicturePipe(this.info, filters, filterThreads)
    for (;;) {
      const { frame, number, capturedAt } = await this.#latest.take()
      using taken = frame
      await pipe.push(taken, number)
      const { width, height } = pipe.filtered
      yield { number, capturedAt, width, height, data: this.#ring.copy(pipe.filtered) }
    }
  }

  /** What is being written. */
  #writing: Promise<unknown> = Promise.resolve()

  async #read(): Promise<void> {
    const { container, stream } = this.#input
    const packet = this.#packet
    for (;;) {
      const result = await container.readFrame(packet)
      throwIfCancelled(this.#signal, 'the camera')
      if (result === AVERROR_EAGAIN) await wait(pauseMs)
      else if (result < 0) throw this.#lost(result)
      else {
        if (packet.streamIndex === stream.index) await this.#take(now())
        packet.unref()
      }
    }
  }

  async #take(arrival: number): Promise<void> {
    const packet = this.#packet
    if (this.#isStampedHere) packet.pts = packet.dts = BigInt(Math.round(arrival * 1000))
    const { pts } = packet
    if (pts !== AV_NOPTS_VALUE) this.#clock.arrive(this.#seconds(pts), arrival)
    await this.#write((recorder) => recorder.packet({ packet, arrival }))
    if (this.#codec.sendPacketSync(packet) < 0) return
    while (this.#codec.receiveFrameSync(this.#decoded) >= 0)
      await this.#keep(this.#decoded, arrival)
  }

  async #write(write: (recorder: Recorder) => Promise<void>): Promise<void> {
    if (!this.#recorder) return
    this.#writing = write(this.#recorder)
    await this.#writing
  }

  async #keep(decoded: Frame, arrival: number): Promise<void> {
    const stamp = decoded.bestEffortTimestamp
    const told = stamp === AV_NOPTS_VALUE ? arrival : this.#clock.captured(this.#seconds(stamp))
    const capturedAt = Number.isFinite(told) ? told : arrival
    await this.#write((recorder) => recorder.frame(decoded, capturedAt))
    const frame = decoded.clone()
    if (frame) this.#latest.put({ frame, number: this.seen++, capturedAt })
  }

  #seconds(stamp: bigint): number {
    const { num, den } = this.#timeBase
    return (Number(stamp) * num) / den
  }

  #lost(result: number): AppError {
    return new AppError(
      'camera-lost',
      `${this.#input.path} sends no more pictures: ${nativeReason(result)}`,
      'It is tried again. Check that the camera is on and in the same network.',
    )
  }

  /** Lets go of everything; the signal is to be aborted before, or the camera lost. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#input.container.interrupt()
    await this.#reading
    this.#latest[Symbol.dispose]()
    this.#ring[Symbol.dispose]()
    this.#decoded.free()
    this.#packet.free()
    this.#codec.freeContext()
    await this.#input[Symbol.asyncDispose]()
  }
}
