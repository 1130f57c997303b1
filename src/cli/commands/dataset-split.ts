import type { Command } from 'commander'
import { z } from 'zod'
import { listClasses } from '../../engine/db/classes.ts'
import { splitImages } from '../../engine/jobs/datasets/split-images.ts'
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
        const empty = shown.filter(({ images }) => images === 0).map(({ name }) => name)
        if (empty.length > 0 && groups < parts.length)
          context.note(
            `${empty.join(' and ')} ${empty.length === 1 ? 'is' : 'are'} empty: equal files, scenes and neighbours that look the same stay together, and there are only ${groups} such groups`,
          )
        return {
          json: { parts: shown, groups, unannotated },
          text: table(['part', 'images', ...classes.map(({ name }) => name)], rows),
        }
      }),
    ),
  )
}
