import type { RecipeEffect } from '../../../shared/contract/tapes.ts'

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`

/** What setting a recipe does to what is there, in sentences; none where there is nothing. */
export function effectLines({ masks, regions, runs, models, warnings }: RecipeEffect): string[] {
  const mapped = [
    ...(regions > 0 ? [counted(regions, 'region', 'regions')] : []),
    ...(masks > 0 ? [counted(masks, 'painted frame', 'painted frames')] : []),
  ].join(' and ')
  return [
    ...(mapped
      ? [`${mapped} will be moved to the new picture, from how they were first drawn.`]
      : []),
    ...(runs > 0
      ? [`${counted(runs, 'count', 'counts')} belong to the old picture. Count again afterwards.`]
      : []),
    ...(models > 0
      ? [
          `${counted(models, 'network was', 'networks were')} trained on the old picture. Train again afterwards.`,
        ]
      : []),
    ...warnings,
  ]
}
