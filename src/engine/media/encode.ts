/** @file Writes pictures to an H.264 tape; the same pictures always give the same bytes. */
import { rename, rm, writeFile } from 'node:fs/promises'
import {
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_UNSPECIFIED,
  AVERROR_EAGAIN,
  AVERROR_ENOSPC,
  AVERROR_EOF,
  AVFMT_FLAG_BITEXACT,
  FF_ENCODER_LIBX264,
} from 'node-av/constants'
import {
  Codec,
  CodecContext,
  Dictionary,
  FormatContext,
  Frame,
  Packet,
  Rational,
} from 'node-av/lib'
import { AppError, throwIfCancelled, toAppError } from '../../shared/errors.ts'
import { matrixName, matrixNumber } from './colour.ts'
import { checked, required } from './ffmpeg.ts'
import { checkSize, pictureFormats } from './filter.ts'
import { Graph } from './graph.ts'
import { frameOf } from './pixels.ts'

export interface EncodeOptions {
  /** Even numbers: the tape stores colour at half the resolution. */
  width: number
  height: number
  /** A whole number, or with `timeBase` any, on the average. */
  framesPerSecond: number
  /** The unit of the times that `write` is given; without one frames follow each other evenly. */
  timeBase?: { num: number; den: number } | undefined
  /** libx264's constant rate factor: 0 (lossless) to 51 (worst). */
  crf: number
  /** libx264's preset; slower ones make smaller tapes. */
  preset?: string
  /** Frames from one key frame to the next, at most. */
  keyframeInterval?: number
  signal?: AbortSignal | undefined
}

/**
 * Writes one tape. Leaving its scope without `close` (an error, a cancelled signal) removes what
 * was written.
 */
export interface TapeWriter extends AsyncDisposable {
  /**
   * Appends an RGB picture, `[height, width, 3]`, at a time in units of `timeBase`, which is later than
   * the one before. One call at a time.
   */
  write(picture: Uint8Array, time?: number): Promise<void>
  /** Finishes the tape and gives it its name. */
  close(): Promise<void>
}

/**
 * Starts an mp4 tape in H.264, yuv420p. It appears under `path` only when it is whole.
 *
 * @throws AppError `bad-value` for sizes that H.264 cannot hold, and whatever the disk says.
 */
export async function encodeTape(path: string, options: EncodeOptions): Promise<TapeWriter> {
  checkOptions(options)
  const writer = new Mp4Writer(path, options, await rgbToYuv(options))
  try {
    await writer.open()
    return writer
  } catch (error) {
    await writer[Symbol.asyncDispose]()
    throw toAppError(error, path)
  }
}

function checkOptions({ width, height, framesPerSecond, timeBase }: EncodeOptions): void {
  if (width % 2 || height % 2 || width < 2 || height < 2)
    throw new AppError(
      'bad-value',
      `a tape cannot have ${width}x${height} pixels: both numbers must be even`,
    )
  if (!timeBase && (!Number.isInteger(framesPerSecond) || framesPerSecond < 1))
    throw new AppError(
      'bad-value',
      `a tape cannot have ${framesPerSecond} frames a second: the number must be whole`,
    )
}

/** The matrix that readers assume for a tape of this height. */
const matrixFor = ({ height }: EncodeOptions): string => matrixName(AVCOL_SPC_UNSPECIFIED, height)

function tickOf({ framesPerSecond, timeBase }: EncodeOptions): Rational {
  return timeBase ? new Rational(timeBase.num, timeBase.den) : new Rational(1, framesPerSecond)
}

/** How long a frame is shown, in ticks; of a tape with times of its own on the average. */
function ticksOfFrame({ framesPerSecond, timeBase }: EncodeOptions): bigint {
  if (!timeBase) return 1n
  return BigInt(Math.max(1, Math.round(timeBase.den / (timeBase.num * framesPerSecond))))
}

/** Frames per second as a fraction: those of television are thousandths of 1001. */
const rateOf = ({ framesPerSecond, timeBase }: EncodeOptions): Rational =>
  timeBase
    ? new Rational(Math.round(framesPerSecond * 1001), 1001)
    : new Rational(framesPerSecond, 1)

function rgbToYuv(options: EncodeOptions): Promise<Graph> {
  const { width, height } = options
  return Graph.open(
    {
      width,
      height,
      pixelFormat: 'rgb24',
      matrix: 'gbr',
      range: 'full',
      timeBase: tickOf(options),
    },
    `scale=out_color_matrix=${matrixFor(options)}:out_range=limited:flags=bicubic+accurate_rnd,format=yuv420p`,
    1,
  )
}

/** x264 gives the same bytes every time for a fixed number of threads. */
const ENCODER_THREADS = 2

class Mp4Writer implements TapeWriter {
  readonly #path: string
  readonly #options: EncodeOptions
  readonly #container = new FormatContext()
  readonly #encoder = new CodecContext()
  readonly #frame = new Frame()
  readonly #packet = new Packet()
  readonly #toYuv: Graph
  readonly #tick: Rational
  /** The time base that the container has chosen for its stream. */
  #streamTick: Rational
  #written = 0n
  #closed = false

  constructor(path: string, options: EncodeOptions, toYuv: Graph) {
    this.#path = path
    this.#options = options
    this.#toYuv = toYuv
    this.#tick = tickOf(options)
    this.#streamTick = this.#tick
    this.#frame.alloc()
    this.#packet.alloc()
  }

  get #partialPath(): string {
    return `${this.#path}.partial`
  }

  async open(): Promise<void> {
    // Node says why a file cannot be written, FFmpeg only that it cannot.
    await writeFile(this.#partialPath, '')
    await this.#openEncoder()
    const container = this.#container
    checked(container.allocOutputContext2(null, 'mp4', this.#partialPath), 'mp4 is not available')
    container.setFlags(AVFMT_FLAG_BITEXACT)
    const stream = container.newStream()
    checked(stream.codecpar.fromContext(this.#encoder), 'the encoder does not describe its stream')
    stream.timeBase = this.#tick
    this.#checkWritten(await container.openOutput())
    this.#checkWritten(await container.writeHeader())
    this.#streamTick = stream.timeBase
  }

  async #openEncoder(): Promise<void> {
    const { width, height, framesPerSecond, crf, preset, keyframeInterval } = this.#options
    const codec = required(Codec.findEncoderByName(FF_ENCODER_LIBX264), 'libx264')
    const encoder = this.#encoder
    encoder.allocContext3(codec)
    encoder.width = width
    encoder.height = height
    encoder.pixelFormat = AV_PIX_FMT_YUV420P
    encoder.colorSpace = matrixNumber(matrixFor(this.#options))
    encoder.colorRange = AVCOL_RANGE_MPEG
    encoder.timeBase = this.#tick
    encoder.framerate = rateOf(this.#options)
    encoder.gopSize = keyframeInterval ?? Math.max(1, Math.round(10 * framesPerSecond))
    encoder.threadCount = ENCODER_THREADS
    encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_BITEXACT)
    using settings = Dictionary.fromObject({ preset: preset ?? 'veryfast', crf })
    checked(await encoder.open2(codec, settings), 'libx264 refuses these settings', 'bad-value')
  }

  async write(picture: Uint8Array, time?: number): Promise<void> {
    const { width, height, signal } = this.#options
    throwIfCancelled(signal, `writing ${this.#path}`)
    const { native, bytes } = pictureFormats.rgb24
    checkSize(picture, width * height * bytes)
    using input = frameOf(picture, { width, height, format: native })
    input.pts = time === undefined ? this.#written++ : BigInt(time)
    this.#toYuv.push(input)
    while (await this.#toYuv.pull(this.#frame)) {
      await this.#encode(this.#frame)
      this.#frame.unref()
    }
  }

  /** Encodes a frame (null = what the encoder still holds) and writes the packets that come out. */
  async #encode(frame: Frame | null): Promise<void> {
    checked(await this.#encoder.sendFrame(frame), 'a frame could not be encoded')
    for (;;) {
      const result = await this.#encoder.receivePacket(this.#packet)
      if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return
      checked(result, 'a frame could not be encoded')
      this.#packet.streamIndex = 0
      this.#packet.duration = ticksOfFrame(this.#options)
      this.#packet.rescaleTs(this.#tick, this.#streamTick)
      this.#checkWritten(await this.#container.interleavedWriteFrame(this.#packet))
    }
  }

  #checkWritten(result: number): void {
    if (result === AVERROR_ENOSPC)
      throw toAppError(Object.assign(new Error(), { code: 'ENOSPC', path: this.#path }))
    checked(result, `${this.#path} could not be written`)
  }

  async close(): Promise<void> {
    throwIfCancelled(this.#options.signal, `writing ${this.#path}`)
    await this.#encode(null)
    this.#checkWritten(await this.#container.writeTrailer())
    await this.#release()
    await rename(this.#partialPath, this.#path)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return
    await this.#release()
    await rm(this.#partialPath, { force: true })
  }

  async #release(): Promise<void> {
    this.#closed = true
    await this.#container.closeOutput()
    this.#container.freeContext()
    this.#encoder.freeContext()
    this.#toYuv[Symbol.dispose]()
    this.#frame.free()
    this.#packet.free()
  }
}
