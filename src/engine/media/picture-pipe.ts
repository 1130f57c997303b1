/** @file From decoded frames to RGB pictures: one filter graph, kept in step with its input. */
import { AVCOL_RANGE_JPEG, AVCOL_RANGE_MPEG } from 'node-av/constants'
import { avGetPixFmtName, Frame } from 'node-av/lib'
import { matrixNumber } from './colour.ts'
import { Graph } from './graph.ts'
import { pictureFilters } from './picture-filters.ts'
import { pixelFormatOf } from './pixels.ts'
import type { TapeInfo } from './types.ts'

/** Whoever makes a pipe disposes of it. */
export class PicturePipe implements Disposable {
  readonly #info: TapeInfo
  readonly #filters: string
  readonly #threads: number
  readonly #filtered = new Frame()
  /** Numbers of the frames that the graph has taken and not given back, in order. */
  #inside: number[] = []
  #graph: Graph | null = null
  #shape = ''
  /** Number of the last frame that went in; -1 when the graph holds nothing to go on from. */
  last = -1

  constructor(info: TapeInfo, filters: string, threads: number) {
    this.#info = info
    this.#filters = filters
    this.#threads = threads
    this.#filtered.alloc()
  }

  /**
   * How many frames before and after a frame its picture depends on: deinterlacing looks at one
   * on either side.
   */
  get context(): number {
    return this.#info.decoding.deinterlace === 'flagged' ? 1 : 0
  }

  /** Takes a frame in; returns the number of the frame whose picture came out, if one did. */
  async push(frame: Frame, number: number): Promise<number | null> {
    const shape = `${frame.width}x${frame.height} ${frame.format}`
    const leftOver = shape === this.#shape ? null : await this.end()
    this.#graph ??= await this.#open(frame)
    this.#shape = shape
    const { matrix, range } = this.#info.decoding
    frame.colorSpace = matrixNumber(matrix)
    frame.colorRange = range === 'full' ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
    frame.pts = BigInt(number)
    this.#graph.push(frame)
    this.#inside.push(number)
    this.last = number
    return leftOver ?? this.#pull(this.#graph)
  }

  /** Ends the graph after the last frame; returns the number of the frame that was still in it. */
  async end(): Promise<number | null> {
    const graph = this.#graph
    if (!graph) return null
    graph.push(null)
    const number = await this.#pull(graph)
    this.#close()
    return number
  }

  /** The RGB frame that came out last. */
  get filtered(): Frame {
    return this.#filtered
  }

  async #pull(graph: Graph): Promise<number | null> {
    this.#filtered.unref()
    return (await graph.pull(this.#filtered)) ? (this.#inside.shift() ?? null) : null
  }

  #open(frame: Frame): Promise<Graph> {
    const { matrix, range } = this.#info.decoding
    return Graph.open(
      {
        width: frame.width,
        height: frame.height,
        pixelFormat: avGetPixFmtName(pixelFormatOf(frame)) ?? 'none',
        matrix,
        range,
        timeBase: { num: 1, den: 1 },
      },
      pictureFilters(this.#info, frame, this.#filters),
      this.#threads,
    )
  }

  #close(): void {
    this.#graph?.[Symbol.dispose]()
    this.#graph = null
    this.#shape = ''
    this.#inside = []
    this.last = -1
  }

  [Symbol.dispose](): void {
    this.#close()
    this.#filtered.free()
  }
}
