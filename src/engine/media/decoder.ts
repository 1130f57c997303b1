/** @file Hands out the decoded frames of a tape, one after the other. */
import {
  AV_CODEC_FLAG_BITEXACT,
  AV_FRAME_FLAG_CORRUPT,
  AV_FRAME_FLAG_KEY,
  AV_NOPTS_VALUE,
  AV_PKT_FLAG_CORRUPT,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants'
import { avGetCodecName, Codec, CodecContext, Dictionary, Frame, Packet } from 'node-av/lib'
import { AppError } from '../../shared/errors.ts'
import type { Damage } from './damage.ts'
import { nativeReason } from './ffmpeg.ts'
import { openInput, type TapeInput } from './input.ts'

export interface DecoderOptions {
  threads: number
  /**
   * Count every error instead of concealing it. With several threads, errors that are concealed
   * are not all counted: the decoder may mark a picture too late.
   */
  strict?: boolean
}

/** A decoder that fails so often in a row will not recover. */
const GIVE_UP_AFTER = 10_000

/**
 * The video stream of one tape and its decoder. Its calls are synchronous: FFmpeg's frame threads
 * decode ahead, so that a call mostly finds its frame finished, while an asynchronous call costs
 * more than many a small frame. Whoever opens it disposes of it.
 */
export class Decoder implements AsyncDisposable {
  readonly input: TapeInput
  readonly damage: Damage = { packets: 0, pictures: 0, readError: null }
  /** Where the last packet read ends in the file, in bytes. */
  position = 0
  /**
   * Whether decoding may start at the frame that `next` gave last. The container's word counts
   * too: with intra refresh no frame is a key frame, but some packets are marked.
   */
  isSeekPoint = false
  readonly #codec: CodecContext
  readonly #packet = new Packet()
  readonly #frame = new Frame()
  /** Timestamps of key packets whose frames have not come out yet. */
  readonly #keyTimes = new Set<bigint>()
  #draining = false

  private constructor(input: TapeInput, codec: CodecContext) {
    this.input = input
    this.#codec = codec
    this.#packet.alloc()
    this.#frame.alloc()
  }

  /**
   * Opens a tape for decoding.
   *
   * @throws AppError as `openInput`; `tape-unreadable` when its codec cannot be decoded.
   */
  static async open(path: string, { threads, strict }: DecoderOptions): Promise<Decoder> {
    const input = await openInput(path)
    try {
      return new Decoder(input, await openCodec(input, { threads, strict }))
    } catch (error) {
      await input[Symbol.asyncDispose]()
      throw error
    }
  }

  /** The next frame in output order, valid until the next call; null at the end of the tape. */
  next(): Frame | null {
    for (let failures = 0; failures < GIVE_UP_AFTER; ) {
      const result = this.#codec.receiveFrameSync(this.#frame)
      if (result >= 0) return this.#inspected(this.#frame)
      if (result === AVERROR_EOF || (result === AVERROR_EAGAIN && this.#draining)) return null
      if (result !== AVERROR_EAGAIN) {
        this.damage.pictures++
        failures++
      }
      if (!this.#draining) this.#feed()
    }
    return null
  }

  #inspected(frame: Frame): Frame {
    const { flags } = frame
    if (flags & AV_FRAME_FLAG_CORRUPT || frame.decodeErrorFlags) this.damage.pictures++
    this.isSeekPoint = this.#keyTimes.delete(frame.pts) || (flags & AV_FRAME_FLAG_KEY) !== 0
    return frame
  }

  /** Sends the decoder one more packet, or tells it that there are no more. */
  #feed(): void {
    const { container, stream } = this.input
    const packet = this.#packet
    for (;;) {
      const result = container.readFrameSync(packet)
      if (result < 0) {
        if (result !== AVERROR_EOF) this.damage.readError = nativeReason(result)
        this.#draining = true
        this.#codec.sendPacketSync(null)
        return
      }
      const wanted = packet.streamIndex === stream.index
      if (wanted) this.#send(packet)
      packet.unref()
      if (wanted) return
    }
  }

  #send(packet: Packet): void {
    if (packet.flags & AV_PKT_FLAG_CORRUPT) this.damage.packets++
    if (packet.isKeyframe && packet.pts !== AV_NOPTS_VALUE) this.#keyTimes.add(packet.pts)
    if (packet.pos >= 0n) this.position = Math.max(this.position, Number(packet.pos) + packet.size)
    if (this.#codec.sendPacketSync(packet) < 0) this.damage.pictures++
  }

  /** Goes on at the last point before `pts` from which the container can start; false = it cannot. */
  seek(pts: number): boolean {
    const { container, stream } = this.input
    this.#frame.unref()
    this.#codec.flushBuffers()
    this.#keyTimes.clear()
    this.#draining = false
    return container.seekFrameSync(stream.index, BigInt(pts), AVSEEK_FLAG_BACKWARD) >= 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#frame.free()
    this.#packet.free()
    this.#codec.freeContext()
    await this.input[Symbol.asyncDispose]()
  }
}

/**
 * A decoder for the video stream of an open container. Whoever opens it frees it.
 *
 * @throws AppError `tape-unreadable` when its codec cannot be decoded.
 */
export async function openCodec(
  input: TapeInput,
  { threads, strict = false }: { threads: number; strict?: boolean | undefined },
): Promise<CodecContext> {
  const codec = new CodecContext()
  try {
    const { codecpar, timeBase } = input.stream
    const implementation = Codec.findDecoder(codecpar.codecId)
    if (!implementation) throw undecodable(input, 'there is no decoder for it')
    codec.allocContext3(implementation)
    codec.parametersToContext(codecpar)
    codec.pktTimebase = timeBase
    codec.threadCount = threads
    // Without it, some decoders round differently on different processors.
    codec.setFlags(AV_CODEC_FLAG_BITEXACT)
    using options = Dictionary.fromObject(strict ? { err_detect: 'explode' } : {})
    const opened = await codec.open2(implementation, options)
    if (opened < 0) throw undecodable(input, nativeReason(opened))
    return codec
  } catch (error) {
    codec.freeContext()
    throw error
  }
}

function undecodable(input: TapeInput, reason: string): AppError {
  const codec = avGetCodecName(input.stream.codecpar.codecId) ?? 'an unknown codec'
  return new AppError(
    'tape-unreadable',
    `${input.path} is coded in ${codec}: ${reason}`,
    'Convert it to mp4, for example with: ffmpeg -i FILE -c:v libx264 tape.mp4',
  )
}
