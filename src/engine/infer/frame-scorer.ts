/** @file From a picture to its scores and its map: a network with everything that follows it. */
import { backgroundDifference } from './background-difference.ts'
import { type NetworkOptions, openNetwork } from './network.ts'
import { probabilityMapper } from './probability-map.ts'
import { regionScorer } from './region-scores.ts'
import type { FrameResult, PixelSpans } from './types.ts'

/** Scores pictures one after the other. Whoever opens it disposes of it. */
export interface FrameScorer extends AsyncDisposable {
  /** The device that runs the network. */
  readonly device: string
  /** Throws `bad-model` when the network answers with what is no number. */
  score(picture: Uint8Array): Promise<Pick<FrameResult, 'sums' | 'map' | 'changed'>>
}

export interface FrameScorerOptions extends NetworkOptions {
  regions: readonly PixelSpans[]
  /** What the camera sees when nobody is there, of the pictures' size; absent where it is not known. */
  background?: Uint8Array | undefined
}

/** Opens a network for pictures with these regions; throws what `openNetwork` throws. */
export async function openFrameScorer(options: FrameScorerOptions): Promise<FrameScorer> {
  const network = await openNetwork(options)
  const { shape, cover } = network
  const map = probabilityMapper(shape, cover)
  const scores = regionScorer(shape, options.size, cover, options.regions)
  const { background, size, regions } = options
  const difference = background && backgroundDifference(background, size, regions)
  return {
    device: network.device,
    async score(picture) {
      const answer = await network.run(picture)
      const changed = difference?.(picture)
      return { map: map(answer), sums: scores(answer), ...(changed && { changed }) }
    },
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  }
}
