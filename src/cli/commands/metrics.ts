import { z } from 'zod'
import { maskEncodings } from '../../engine/formats/mask-encoding.ts'
import { scoresCsv } from '../../engine/formats/scores-csv.ts'
import { compareMasks, type MaskComparison } from '../../engine/jobs/compare-masks.ts'
import { sizeText } from '../../engine/metrics/mask-scores.ts'
import { replaceFile } from '../../engine/projects/replace-file.ts'
import type { Register } from '../command.ts'
import { choiceOption, repeated } from '../options.ts'
import { comparedParts, scoreOptions } from '../score-options.ts'
import { scoresText } from '../scores-text.ts'

const words = z.tuple([
  z.string(),
  z.string(),
  z.object({
    classes: z.string().optional(),
    encoding: z.enum(maskEncodings).optional(),
    map: z.array(z.string()).optional(),
    ...scoreOptions.fields,
  }),
])

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

export const metrics: Register = (program, handle) => {
  const group = program.command('metrics').description('Scores of masks, without a project.')
  const command = group
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
  scoreOptions.add(command).action(
    handle(words, async (context, [truth, prediction, options]) => {
      const { classes, encoding, map, csv } = options
      const result = await compareMasks(
        truth,
        prediction,
        { classes, encoding, map, ...comparedParts(options) },
        context,
      )
      if (csv !== undefined) await replaceFile(csv, scoresCsv(result))
      for (const line of notes(result)) context.note(`note: ${line}`)
      return { json: result, text: scoresText(result) }
    }),
  )
}
