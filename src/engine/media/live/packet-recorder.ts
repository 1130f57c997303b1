/**
 * @file Writes what a camera sends to a file, packet by packet, as it came. Matroska takes nearly every
 * codec, and a file that was cut off by a crash can still be read.
 */
import { AV_NOPTS_VALUE } from 'node-av/constants'
import { FormatContext, type IRational, type Packet, Rational, type Stream } from 'node-av/lib'
import { toAppError } from '../../../shared/errors.ts'
import { checked } from '../ffmpeg.ts'
import type { Arrived, Recorder } from './recorder.ts'

/** Whoever opens it closes it. One call at a time. */
export class PacketRecorder implements Recorder {
  readonly path: string
  /** Frames in the file. */
  frames = 0
  readonly #container: FormatContext
  readonly #timeBase: IRational
  readonly #target: Stream
  /** When the first frame is shown, in the source's units: there the file begins. */
  #first: bigint | null = null
  #firstArrival = 0
  #lastDecoded: bigint | null = null

  private constructor(path: string, container: FormatContext, timeBase: IRational, target: Stream) {
    this.path = path
    this.#container = container
    this.#timeBase = timeBase
    this.#target = target
  }

  /**
   * `timeBase` is that of the packets' stamps.
   * @throws AppError what the disk says, `internal` for a codec that Matroska does not take
   */
  static async open(path: string, source: Stream, timeBase: IRational): Promise<PacketRecorder> {
    const container = new FormatContext()
    try {
      checked(container.allocOutputContext2(null, 'matroska', path), 'matroska is not available')
      const target = container.newStream()
      checked(source.codecpar.copy(target.codecpar), 'the stream cannot be described')
      target.codecpar.codecTag = 0
      target.timeBase = new Rational(timeBase.num, timeBase.den)
      checked(await container.openOutput(), `${path} could not be written`)
      checked(await container.writeHeader(), `${path} could not be begun`)
      return new PacketRecorder(path, container, timeBase, target)
    } catch (error) {
      await container.closeOutput()
      container.freeContext()
      throw toAppError(error, path)
    }
  }

  /**
   * Writes a packet. Those before the first from which decoding can start are left out, and those
   * after it whose frames come before it: what they need is not in the file.
   */
  async packet({ packet, arrival }: Arrived): Promise<void> {
    if (this.#first === null && !packet.isKeyframe) return
    using copy = packet.clone()
    if (!copy || !this.#stamp(copy, arrival)) return
    copy.streamIndex = 0
    copy.rescaleTs(this.#timeBase, this.#target.timeBase)
    const written = await this.#container.interleavedWriteFrame(copy)
    checked(written, `${this.path} could not be written`)
    this.frames++
  }

  async frame(): Promise<void> {}

  /** Stamps from the first frame on; those of decoding ascend. False for a frame before the first. */
  #stamp(packet: Packet, arrival: number): boolean {
    const { num, den } = this.#timeBase
    const known = [packet.pts, packet.dts].find((stamp) => stamp !== AV_NOPTS_VALUE)
    if (this.#first === null) this.#firstArrival = arrival
    this.#first ??= known ?? 0n
    const first = this.#first
    const arrived = BigInt(Math.round(((arrival - this.#firstArrival) * den) / num))
    const since = (stamp: bigint): bigint =>
      stamp !== AV_NOPTS_VALUE ? stamp - first : known === undefined ? arrived : known - first
    const [shown, decoded] = [since(packet.pts), since(packet.dts)]
    if (shown < 0n) return false
    const last = this.#lastDecoded
    packet.dts = last === null || decoded > last ? decoded : last + 1n
    packet.pts = shown > packet.dts ? shown : packet.dts
    this.#lastDecoded = packet.dts
    return true
  }

  async close(): Promise<void> {
    try {
      checked(await this.#container.writeTrailer(), `${this.path} could not be finished`)
    } finally {
      await this.#container.closeOutput()
      this.#container.freeContext()
    }
  }
}
