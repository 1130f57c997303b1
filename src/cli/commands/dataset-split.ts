import type { Command } from 'commander'
import { z } from 'zod'
import { listClasses } from '../../engine/db/classes.ts'
import { type SplitPart, splitImages } from '../../engine/jobs/datasets/split-images.ts'
import type { Handle } from '../command.ts'
import { setOption } from '../dataset-options.ts'
import { integerOption } from '../options.ts'
import { projectArgument } from '../shared-options.ts'
import { table } from '../table.ts'
import { withProject } from '../with-project.ts'

const words = z.tuple([
  z.string(),
  z.object({
    ratio: z.string(),
    seed: z.number().optional(),
    byScene: z.boolean().optional(),
    ...setOption.fields,
  }),
])

/** Why a part got no image, where groups that stay together are too few; null otherwise. */
function emptyNote(parts: readonly SplitPart[], groups: number): string | null {
  const empty = parts.filter(({ images }) => images === 0).map(({ name }) => name)
  if (empty.length === 0 || groups >= parts.length) return null
  return `nothing is left for ${empty.join(' and ')}: equal files, scenes and neighbours that look the same stay together, and there are only ${groups} such groups`
}

/** `dataset split` */
export function addSplit(group: Command, handle: Handle): void {
  const command = group
    .command('split')
    .description('Divides the annotated images into train and val (and test), and remembers it.')
    .argument(...projectArgument)
    .requiredOption('--ratio <a:b[:c]>', '9:1 for train and val, 8:1:1 for train, val and test')
    .option(
      '--seed <n>',
      'another division of the same sort',
      integerOption('--seed', { minimum: 0 }),
    )
    .option('--by-scene', 'never divide a scene')
  setOption.add(command).action(
    handle(words, (context, [dir, options]) =>
      withProject(dir, 'write', async ({ project }) => {
        const { parts, unannotated, groups } = await splitImages(project, options, context)
        const classes = listClasses(project).filter(({ index }) => index > 0)
        const shown = parts.map(({ name, images, classes: counts }) => ({
          ...{ name, images },
          classes: classes.map((each) => ({
            name: each.name,
            images: counts.get(each.index) ?? 0,
          })),
        }))
        const rows = shown.map((part) => [
          ...[part.name, part.images],
          ...part.classes.map(({ images }) => images),
        ])
        const note = emptyNote(parts, groups)
        if (note !== null) context.note(note)
        return {
          json: { parts: shown, groups, unannotated },
          text: table(['part', 'images', ...classes.map(({ name }) => name)], rows),
        }
      }),
    ),
  )
}
