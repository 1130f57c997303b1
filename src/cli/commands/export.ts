import { z } from 'zod'
import { getSource } from '../../engine/db/sources.ts'
import type { Engine } from '../../engine/engine.ts'
import { chooseRun } from '../../engine/jobs/choose-run.ts'
import { countProject, type ProjectCount } from '../../engine/jobs/count-project.ts'
import { evaluateRun } from '../../engine/jobs/evaluate-run.ts'
import { type ExportFormat, exporters } from '../../engine/jobs/export-project.ts'
import type { PeopleInPictures } from '../../engine/report/types.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { Register } from '../command.ts'
import { choiceOption, numberOption } from '../options.ts'
import { countOptions, maskOptions, projectArgument, tapeOption } from '../shared-options.ts'
import { withProject } from '../with-project.ts'

const formats = [
  'csv',
  'csv-frames',
  'csv-events',
  'csv-hours',
  'csv-shifts',
  'json',
  'html',
  'masks',
] as const satisfies ExportFormat[]
const ways = ['shown', 'blurred', 'pixelated', 'left-out'] as const satisfies PeopleInPictures[]

const words = z.tuple([
  z.string(),
  z.string(),
  z.object({
    format: z.enum(formats),
    people: z.enum(ways).default('shown'),
    truth: z.string().optional(),
    truthPixels: z.number().optional(),
    ...maskOptions.fields,
    ...countOptions.fields,
    ...tapeOption.fields,
  }),
])

type Options = z.output<typeof words>[2]

/** The comparison that the report shows, where truth is given. */
async function evaluated(engine: Engine, count: ProjectCount, options: Options, work: LongWork) {
  const { truth, truthPixels, frames, encoding, map, threshold, cut, enter, leave } = options
  if (truth === undefined) return null
  const masks = { masks: truth, run: count.run.id, truthPixels, frames, encoding, map }
  const source = getSource(engine.project, count.run.source)
  return evaluateRun(engine.project, source, masks, { threshold, cut, enter, leave }, work)
}

export const exportCommand: Register = (program, handle) => {
  const command = program
    .command('export')
    .description('Writes counts, events, masks or a report.')
    .argument(...projectArgument)
    .argument('<path>', 'the file to write; a folder for masks')
    .requiredOption('--format <name>', formats.join(', '), choiceOption('--format', formats))
    .option(
      '--people <way>',
      `in the report’s pictures: ${ways.join(', ')}`,
      choiceOption('--people', ways),
    )
    .option('--truth <folder>', 'truth masks that the report compares with')
    .option(
      '--truth-pixels <n>',
      'person pixels that make a region truly occupied',
      numberOption('--truth-pixels', { minimum: 0 }),
    )
  countOptions.add(maskOptions.add(tapeOption.add(command, 'the tape'))).action(
    handle(words, (context, [dir, path, options]) =>
      withProject(dir, 'read', async (engine) => {
        const { run, tape, threshold, cut, enter, leave, format, people } = options
        const chosenRun = chooseRun(engine.project, { run, tape })
        const count = countProject(engine.project, chosenRun, { threshold, cut, enter, leave })
        const evaluation = await evaluated(engine, count, options, context)
        await exporters[format](engine, { count, evaluation, people, path }, context)
        return { json: { path, format, run: chosenRun.id }, text: `wrote ${path}` }
      }),
    ),
  )
}
