/** @file Regions and their visits as a report shows them. */
import { toEvents, toFlags } from '../../shared/count/stretches.ts'
import type { Engine } from '../engine.ts'
import type { CountedRegion } from '../formats/counted.ts'
import type { PeopleInPictures, ReportRegion } from '../report/types.ts'
import type { ProjectCount } from './count-project.ts'
import { regionsInRecipe } from './project-recipe.ts'
import { type WantedPicture, wantedThumbnail } from './report-pictures.ts'

/** Visits of a region that get a picture, the longest first. */
const picturedEvents = 6
/** The regions, then the groups; visits have no pictures yet. */
export function reportRegions(count: ProjectCount, engine: Engine): ReportRegion[] {
  const drawn = new Map(regionsInRecipe(engine.project).map((region) => [region.name, region]))
  const shown = (each: CountedRegion): ReportRegion => {
    const isGroup = each.members.length > 0
    const region = isGroup ? undefined : drawn.get(each.name)
    return {
      name: each.name,
      colour: region?.colour ?? null,
      points: region?.points ?? [],
      members: [...each.members],
      threshold: each.threshold ?? count.rule.threshold,
      occupied: toFlags(each.stretches, each.frames),
      events: toEvents(each.stretches).map((event) => ({ ...event, thumbnail: null })),
      approximate: each.approximate,
      review: each.review,
    }
  }
  return [...count.regions, ...count.groups].map(shown)
}

/** The middle of each region's longest visits. */
export function eventPictures(
  regions: readonly ReportRegion[],
  people: PeopleInPictures,
): WantedPicture[] {
  return regions
    .filter(({ points }) => points.length > 0)
    .flatMap(({ points, events }) =>
      [...events]
        .sort((a, b) => b.last - b.first - (a.last - a.first))
        .slice(0, picturedEvents)
        .map((event) => {
          const middle = Math.round((event.first + event.last) / 2)
          return wantedThumbnail(middle, points, people, (made) => {
            event.thumbnail = made
          })
        }),
    )
}
