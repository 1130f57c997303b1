import { z } from 'zod'
import { maskEncodings } from '../../engine/formats/mask-encoding.ts'
import { scoresCsv } from '../../engine/formats/scores-csv.ts'
import {
  type CompareWords,
  compareMasks,
  type MaskComparison,
} from '../../engine/jobs/compare-masks.ts'
import { defaultBoundaryOptions } from '../../engine/metrics/boundary-scores.ts'
import { sizeText } from '../../engine/metrics/mask-scores.ts'
import { defaultObjectOptions } from '../../engine/metrics/object-scores.ts'
import { replaceFile } from '../../engine/projects/replace-file.ts'
import type { Register } from '../command.ts'
import { choiceOption, integerOption, numberOption, repeated } from '../options.ts'
import { scoresText } from '../scores-text.ts'

const optionsSchema = z.object({
  classes: z.string().optional(),
  encoding: z.enum(maskEncodings).optional(),
  map: z.array(z.string()).optional(),
  boundary: z.boolean().optional(),
  tolerance: z.number().optional(),
  objects: z.array(z.string()).optional(),
  objectIou: z.number().optional(),
  objectPixels: z.number().optional(),
  csv: z.string().optional(),
})

const words = z.tuple([z.string(), z.string(), optionsSchema])

/** How many names a note lists. */
const listedNames = 5

function list(names: readonly string[]): string {
  const more = names.length - listedNames
  return names.slice(0, listedNames).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

/** What was not scored, a line each. */
function notes({ missing, differentSizes, ignored }: MaskComparison): string[] {
  const alone = (folder: 'truth' | 'prediction') =>
    missing.filter(({ missingIn }) => missingIn === folder).map(({ name }) => name)
  const without = (['prediction', 'truth'] as const)
    .map((folder) => ({ folder, names: alone(folder) }))
    .filter(({ names }) => names.length > 0)
    .map(({ folder, names }) => `${names.length} without a ${folder}: ${list(names)}`)
  const sizes = differentSizes.map(
    ({ name, truth, prediction }) => `${name} (${sizeText(truth)}, not ${sizeText(prediction)})`,
  )
  return [
    ...without,
    ...(sizes.length > 0 ? [`${sizes.length} of another size than the truth: ${list(sizes)}`] : []),
    ...(ignored.prediction > 0
      ? [`${ignored.prediction} pixels are ignored because the prediction ignores them`]
      : []),
  ]
}

function compareWords(options: z.output<typeof optionsSchema>): CompareWords {
  const { boundary, tolerance, objects, objectIou, objectPixels, ...rest } = options
  const outlines = boundary || tolerance !== undefined
  const { band, tolerance: usual } = defaultBoundaryOptions
  return {
    ...rest,
    boundary: outlines ? { band, tolerance: tolerance ?? usual } : undefined,
    objects: objects && {
      classes: objects,
      minimumIou: objectIou ?? defaultObjectOptions.minimumIou,
      minimumPixels: objectPixels ?? defaultObjectOptions.minimumPixels,
    },
  }
}

export const metrics: Register = (program, handle) => {
  const group = program.command('metrics').description('Scores of masks, without a project.')
  group
    .command('compare')
    .description('Compares predicted masks with true ones, PNG files of the same names.')
    .argument('<truth>', 'the folder of true masks')
    .argument('<prediction>', 'the folder of predicted masks')
    .option('--classes <file|n>', 'names of the classes, one a line, or how many there are')
    .option(
      '--encoding <kind>',
      'index (the default), binary or palette',
      choiceOption('--encoding', maskEncodings),
    )
    .option('--map <value=name>', 'a value’s meaning, such as 170=ignore; repeatable', repeated)
    .option('--boundary', 'compare outlines as well')
    .option(
      '--tolerance <share>',
      'how far apart outlines may be, as a share of the diagonal; 0.0075 by default',
      numberOption('--tolerance', { minimum: 0, maximum: 1 }),
    )
    .option('--objects <class>', 'count the objects of a class; repeatable', repeated)
    .option(
      '--object-iou <iou>',
      'from which IoU on an object is found; 0.5 by default',
      numberOption('--object-iou', { minimum: 0.01, maximum: 1 }),
    )
    .option(
      '--object-pixels <n>',
      'smaller parts are no objects',
      integerOption('--object-pixels', { minimum: 1 }),
    )
    .option('--csv <file>', 'write the scores and the confusion matrix there, a class a row')
    .action(
      handle(words, async (context, [truth, prediction, { csv, ...options }]) => {
        const result = await compareMasks(truth, prediction, compareWords(options), context)
        if (csv !== undefined) await replaceFile(csv, scoresCsv(result))
        for (const line of notes(result)) context.note(`note: ${line}`)
        return { json: result, text: scoresText(result) }
      }),
    )
}
