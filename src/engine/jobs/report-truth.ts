/** @file How a count compares with the truth, as a report shows it. */
import { personIndexOf } from '../../shared/mask.ts'
import { listClasses } from '../db/classes.ts'
import type { Engine } from '../engine.ts'
import { differences } from '../labels/occupancy.ts'
import type { PeopleInPictures, ReportDifference, ReportTruth } from '../report/types.ts'
import type { RunEvaluation } from './evaluate-run.ts'
import { regionsInRecipe } from './project-recipe.ts'
import { type WantedPicture, wantedThumbnail } from './report-pictures.ts'

/** Wrong frames that are shown, over all regions. */
const picturedDifferences = 12

/** The comparison, and the pictures of wrong frames that it still wants. */
export interface Compared {
  truth: ReportTruth
  pictures: WantedPicture[]
}

export function reportTruth(
  engine: Engine,
  { positions, regions, count, result }: RunEvaluation,
  people: PeopleInPictures,
): Compared {
  const wrong = regions.map(differences)
  const examples: ReportDifference[] = []
  const points = new Map(regionsInRecipe(engine.project).map((each) => [each.name, each.points]))
  const each = Math.max(1, Math.floor(picturedDifferences / (2 * Math.max(1, regions.length))))
  const pictures = regions.flatMap(({ name }, i) =>
    (['missed', 'spurious'] as const).flatMap((kind) =>
      spread(wrong[i]?.[kind] ?? [], each).map((at) => {
        const position = positions[at] ?? 0
        const frame = count.frames[position] ?? 0
        return wantedThumbnail(position, points.get(name) ?? [], people, (made) =>
          examples.push({ region: name, kind, frame, thumbnail: made }),
        )
      }),
    ),
  )
  const person = listClasses(engine.project)
  const personName = person.find(({ index }) => index === personIndexOf(person))?.name
  const truth: ReportTruth = {
    positions,
    truthPixels: result.occupancy.truthPixels,
    occupancy: result.occupancy,
    differences: wrong.map(({ missed, spurious }) => ({
      missed: missed.map((at) => positions[at] ?? 0),
      spurious: spurious.map((at) => positions[at] ?? 0),
    })),
    person: result.classes.find(({ name }) => name === personName) ?? null,
    meanIou: result.meanIou,
    examples,
  }
  return { truth, pictures }
}

/** At most `most` of a list, evenly spread. */
function spread(list: readonly number[], most: number): number[] {
  if (list.length <= most) return [...list]
  return Array.from(
    { length: most },
    (_, i) => list[Math.floor(((i + 0.5) * list.length) / most)] ?? 0,
  )
}
