import { z } from 'zod'
import { drawnSetDefaults } from '../../engine/drawn-sets/draw-set.ts'
import { drawnSets } from '../../engine/drawn-sets/drawn-sets.ts'
import { drawnSetNames } from '../../engine/drawn-sets/types.ts'
import { writeDrawnSet } from '../../engine/drawn-sets/write-drawn-set.ts'
import type { Register } from '../command.ts'
import { choiceOption, integerOption } from '../options.ts'

const words = z.tuple([
  z.enum(drawnSetNames),
  z.string(),
  z.object({
    images: z.number().optional(),
    size: z.number().optional(),
    seed: z.number().optional(),
  }),
])

export const demoSet: Register = (program, handle) => {
  const kinds = drawnSetNames.map((name) => `${name}: ${drawnSets[name].description}`).join('; ')
  const { images, size, seed } = drawnSetDefaults
  program
    .command('demo-set')
    .description('Draws an image set with its truth, to try trainings on.')
    .argument('<name>', kinds, choiceOption('<name>', drawnSetNames))
    .argument('<folder>', 'the folder to make')
    .option(
      '--images <n>',
      `how many; by default ${images}`,
      integerOption('--images', { minimum: 1, maximum: 10_000 }),
    )
    .option(
      '--size <px>',
      `width and height; by default ${size}`,
      integerOption('--size', { minimum: 32, maximum: 2048 }),
    )
    .option(
      '--seed <n>',
      `another one gives other pictures; by default ${seed}`,
      integerOption('--seed', { minimum: 0, maximum: 0xffffffff }),
    )
    .action(
      handle(words, async (context, [name, folder, options]) => {
        const written = await writeDrawnSet(name, folder, options, context)
        const text =
          `${written.images} images with ${written.classes.slice(1).join(', ')}\n` +
          `set   ${written.set} (${written.format})\ntruth ${written.truth}`
        return { json: written, text }
      }),
    )
}
