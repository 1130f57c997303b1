import { z } from 'zod'
import { previewGrid } from '../../engine/augment/preview.ts'
import { readSample } from '../../engine/augment/read-sample.ts'
import { readJson } from '../../engine/formats/json.ts'
import { maskEncodings } from '../../engine/formats/mask-encoding.ts'
import { replaceFile } from '../../engine/projects/replace-file.ts'
import { augmentationSchema } from '../../shared/augmentation.ts'
import type { Register } from '../command.ts'
import { choiceOption, integerOption, repeated } from '../options.ts'

const words = z.tuple([
  z.string(),
  z.object({
    pipeline: z.string(),
    out: z.string(),
    mask: z.string().optional(),
    encoding: z.enum(maskEncodings).optional(),
    map: z.array(z.string()).optional(),
    count: z.number().default(8),
    seed: z.number().default(0),
  }),
])

const listed = (kinds: readonly string[]): string =>
  kinds.length > 0 ? kinds.join(', ') : 'as it is'

export const augment: Register = (program, handle) => {
  const group = program.command('augment').description('Pictures changed at random for training.')
  group
    .command('preview')
    .description('Draws what a pipeline makes of a picture, with its mask over it.')
    .argument('<picture>', 'an image file')
    .requiredOption('--pipeline <file>', 'the operations, as JSON')
    .requiredOption('--out <file>', 'the PNG file to write: the picture, then its variants')
    .option('--mask <file>', 'the picture’s mask')
    .option(
      '--encoding <kind>',
      'of the mask: binary, index or palette',
      choiceOption('--encoding', maskEncodings),
    )
    .option(
      '--map <value=index>',
      'a mask value’s class index, background or ignore: 170=ignore; repeatable',
      repeated,
    )
    .option(
      '--count <n>',
      'how many variants; by default 8',
      integerOption('--count', { minimum: 1, maximum: 99 }),
    )
    .option(
      '--seed <n>',
      'another one gives other variants; by default 0',
      integerOption('--seed', { minimum: 0, maximum: 0xffffffff }),
    )
    .action(
      handle(
        words,
        async (context, [path, { pipeline: file, out, mask, count, seed, ...masks }]) => {
          const pipeline = await readJson(file, augmentationSchema)
          const sample = await readSample(path, mask, masks)
          const preview = await previewGrid(sample, { pipeline, count, seed }, context)
          await replaceFile(out, preview.png)
          const variants = preview.variants.map(({ width, height, drawn }) => ({
            ...{ width, height },
            operations: drawn.map(({ kind, values }) => ({ kind, ...values })),
          }))
          const lines = variants.map(({ operations }, i) => {
            return `${i + 1}: ${listed(operations.map(({ kind }) => kind))}`
          })
          const text = [...lines, `the picture and ${count} variants are in ${out}`].join('\n')
          return { json: { path: out, seed, columns: preview.columns, variants }, text }
        },
      ),
    )
}
