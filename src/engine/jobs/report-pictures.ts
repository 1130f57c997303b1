/** @file The frames a report shows, each decoded once. */
import type { LongWork } from '../../shared/progress.ts'
import type { Point } from '../../shared/region.ts'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { openMaps } from '../db/map-reader.ts'
import { getSource } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { filterChain } from '../preprocess/filter-chain.ts'
import { type SeenPicture, thumbnail } from '../report/pictures.ts'
import type { PeopleInPictures, Thumbnail } from '../report/types.ts'
import type { ProjectCount } from './count-project.ts'
import { requireRecipe } from './project-recipe.ts'
import { requireTape } from './tapes.ts'

/** A picture that a report wants: what to do with the frame at a position once it is decoded. */
export interface WantedPicture {
  position: number
  use(seen: SeenPicture): Promise<void>
}

/** A wanted thumbnail of a region, handed to `use` when there is one. */
export function wantedThumbnail(
  position: number,
  points: readonly Point[],
  people: PeopleInPictures,
  use: (made: Thumbnail) => void,
): WantedPicture {
  return {
    position,
    async use(seen) {
      const made = await thumbnail(seen, points, people)
      if (made) use(made)
    },
  }
}

/** Decodes the frames that are wanted, in order, and hands each to all who want it. */
export async function showPictures(
  engine: Engine,
  { run, frames }: ProjectCount,
  wanted: readonly WantedPicture[],
  work: LongWork,
): Promise<void> {
  const { project, compute } = engine
  const source = getSource(project, run.source)
  requireTape(source)
  using maps = openMaps(project, run.id)
  const byPosition = Map.groupBy(wanted, ({ position }) => position)
  const positions = [...byPosition.keys()].sort((a, b) => a - b)
  const positionOf = new Map(positions.map((position) => [frames[position], position]))
  await compute.run(
    'readFrames',
    {
      index: loadFrameIndex(project, source),
      filters: filterChain(requireRecipe(project).recipe, source.info),
      frames: [...positionOf.keys()].filter((frame) => frame !== undefined),
    },
    {
      ...work,
      async onData(picture) {
        const position = positionOf.get(picture.frame) ?? 0
        const seen: SeenPicture = { picture, map: maps.at(position) }
        for (const { use } of byPosition.get(position) ?? []) await use(seen)
      },
    },
  )
}
