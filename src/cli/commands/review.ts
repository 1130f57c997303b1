import { z } from 'zod'
import { chooseRun } from '../../engine/jobs/choose-run.ts'
import { chooseSource } from '../../engine/jobs/choose-source.ts'
import { doubtfulFrames, markFrames } from '../../engine/jobs/review.ts'
import { AppError } from '../../shared/errors.ts'
import type { Register } from '../command.ts'
import { integerOption } from '../options.ts'
import { countOptions, projectArgument, tapeOption } from '../shared-options.ts'
import { type Cell, table } from '../table.ts'
import { withProject } from '../with-project.ts'

const listWords = z.tuple([
  z.string(),
  z.object({
    ...countOptions.fields,
    ...tapeOption.fields,
    limit: z.number().default(50),
    apart: z.number().default(1),
    all: z.boolean().default(false),
  }),
])
const markWords = z.tuple([
  z.string(),
  z.object({
    ...tapeOption.fields,
    roi: z.string(),
    frames: z.string(),
    yes: z.boolean().default(false),
    no: z.boolean().default(false),
  }),
])

const answer = (occupied: boolean | null): string =>
  occupied === null ? '' : occupied ? 'yes' : 'no'

export const review: Register = (program, handle) => {
  const group = program
    .command('review')
    .description('The doubtful frames, and what you say of them.')
  const listing = group
    .command('list')
    .description('Lists the frames whose scores are closest to the threshold.')
    .argument(...projectArgument)
    .option('--limit <n>', 'how many at most (50)', integerOption('--limit', { minimum: 1 }))
    .option(
      '--apart <frames>',
      'least distance of two of a region',
      integerOption('--apart', { minimum: 1 }),
    )
    .option('--all', 'also those that were reviewed')
  countOptions.add(tapeOption.add(listing, 'the tape')).action(
    handle(listWords, (_context, [dir, { run, tape, limit, apart, all, ...rule }]) =>
      withProject(dir, 'read', ({ project }) => {
        const choice = { limit, apart, reviewed: all }
        const frames = doubtfulFrames(project, chooseRun(project, { run, tape }), rule, choice)
        const rows = frames.map((each): Cell[] => [
          each.frame,
          each.region,
          Number(each.score.toFixed(1)),
          Number(each.threshold.toFixed(1)),
          answer(each.occupied),
        ])
        const text = table(['frame', 'region', 'score', 'threshold', 'reviewed'], rows)
        return { json: { frames }, text: frames.length > 0 ? text : 'nothing to review' }
      }),
    ),
  )
  const marking = group
    .command('mark')
    .description('Stores whether somebody is in a region in some frames.')
    .argument(...projectArgument)
    .requiredOption('--roi <name>', 'the region')
    .requiredOption('--frames <list>', 'the frames')
    .option('--yes', 'somebody is there')
    .option('--no', 'nobody is there')
  tapeOption.add(marking, 'the tape').action(
    handle(markWords, (_context, [dir, { tape, roi, frames, yes, no }]) =>
      withProject(dir, 'write', ({ project }) => {
        if (yes === no)
          throw new AppError('usage', 'either --yes or --no was expected', 'Give one of them.')
        const source = chooseSource(project, tape)
        const marked = markFrames(project, source, { region: roi, frames, occupied: yes })
        return { json: { marked }, text: `marked ${marked} frames of ${roi}: ${answer(yes)}` }
      }),
    ),
  )
}
