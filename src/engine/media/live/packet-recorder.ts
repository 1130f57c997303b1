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
  /** First time stamp, in the source's units; the file begins at 0. */
  #first: bigint | null = null
  #firstArrival = 0
  #last = -1n

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

  /** Writes a packet; those before the first from which decoding can start are left out. */
  async packet({ packet, arrival }: Arrived): Promise<void> {
    if (this.#first === null && !packet.isKeyframe) return
    const copy = packet.clone()
    if (!copy) return
    try {
      this.#stamp(copy, arrival)
      copy.streamIndex = 0
      copy.rescaleTs(this.#timeBase, this.#target.timeBase)
      const written = await this.#container.interleavedWriteFrame(copy)
      checked(written, `${this.path} could not be written`)
      this.frames++
    } finally {
      copy.free()
    }
  }

  async frame(): Promise<void> {}

  /** Stamps from 0 on; decoding stamps ascend, as every container asks. */
  #stamp(packet: Packet, arrival: number): void {
    const { num, den } = this.#timeBase
    if (this.#first === null) this.#firstArrival = arrival
    const sinceFirst = BigInt(Math.round(((arrival - this.#firstArrival) * den) / num))
    const known = packet.dts === AV_NOPTS_VALUE ? packet.pts : packet.dts
    const isKnown = known !== AV_NOPTS_VALUE
    this.#first ??= isKnown ? known : 0n
    const stamp = isKnown ? known - this.#first : sinceFirst
    const decoded = stamp > this.#last ? stamp : this.#last + 1n
    const shown = packet.pts === AV_NOPTS_VALUE ? decoded : packet.pts - this.#first
    this.#last = decoded
    packet.dts = decoded
    packet.pts = shown > decoded ? shown : decoded
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
