/** @file One native filter graph: frames in at one end, filtered frames out at the other. */
import { AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants'
import { type FilterContext, FilterGraph, type Frame } from 'node-av/lib'
import { AppError } from '../../shared/errors.ts'
import { matrixNumber } from './colour.ts'
import { checked, nativeReason, required } from './ffmpeg.ts'

/** What the frames that enter a graph look like; every one of them must look the same. */
export interface GraphInput {
  width: number
  height: number
  /** FFmpeg's names of pixel format and range; the matrix as in colour.ts. */
  pixelFormat: string
  matrix: string
  range: 'limited' | 'full'
  timeBase: { num: number; den: number }
}

/** Whoever opens a graph closes it. At most one call may run at a time. */
export class Graph implements Disposable {
  readonly #graph: FilterGraph
  readonly #source: FilterContext
  readonly #sink: FilterContext

  private constructor(graph: FilterGraph, source: FilterContext, sink: FilterContext) {
    this.#graph = graph
    this.#source = source
    this.#sink = sink
  }

  /**
   * Builds `filters` (FFmpeg's syntax, '' = none) behind an input.
   *
   * @throws AppError `bad-recipe` when FFmpeg refuses the filters or one of their values.
   */
  static async open(input: GraphInput, filters: string, threads: number): Promise<Graph> {
    const graph = new FilterGraph()
    try {
      graph.alloc()
      graph.nbThreads = threads
      accepted(graph.parse2(describe(input, filters)), filters)
      accepted(await graph.config(), filters)
      const source = required(graph.getFilter(`buffer@${SOURCE}`), 'the buffer filter')
      const sink = required(graph.getFilter(`buffersink@${SINK}`), 'the buffersink filter')
      return new Graph(graph, source, sink)
    } catch (error) {
      graph.free()
      throw error
    }
  }

  get width(): number {
    return this.#sink.buffersinkGetWidth()
  }

  get height(): number {
    return this.#sink.buffersinkGetHeight()
  }

  /**
   * Hands a frame to the graph, which takes its content; null = no more frames will come. The
   * filters run when the result is pulled.
   */
  push(frame: Frame | null): void {
    checked(this.#source.buffersrcAddFrameSync(frame), 'a frame could not be filtered')
  }

  /** Fills `frame` with the next filtered frame; false when the graph needs more input or ended. */
  async pull(frame: Frame): Promise<boolean> {
    const result = await this.#sink.buffersinkGetFrame(frame)
    if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return false
    checked(result, 'a frame could not be filtered')
    return true
  }

  [Symbol.dispose](): void {
    this.#graph.free()
  }
}

const SOURCE = 'in'
const SINK = 'out'

/** The whole graph in FFmpeg's syntax, https://ffmpeg.org/ffmpeg-filters.html#Filtergraph-syntax-1 */
function describe(input: GraphInput, filters: string): string {
  const { timeBase } = input
  const source = [
    `video_size=${input.width}x${input.height}`,
    `pix_fmt=${input.pixelFormat}`,
    `time_base=${timeBase.num}/${timeBase.den}`,
    'pixel_aspect=1/1',
    `colorspace=${matrixNumber(input.matrix)}`,
    `range=${input.range}`,
  ].join(':')
  return [`buffer@${SOURCE}=${source}`, filters, `buffersink@${SINK}`].filter(Boolean).join(',')
}

function accepted(result: number, filters: string): void {
  if (result >= 0) return
  throw new AppError(
    'bad-recipe',
    `FFmpeg refuses the filters "${filters}": ${nativeReason(result)}`,
    'Check the sizes and angles of the recipe.',
  )
}
