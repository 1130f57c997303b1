import { z } from 'zod'
import { listSources, type Source } from '../../engine/db/sources.ts'
import { tapeFields } from '../../engine/jobs/project-info.ts'
import { addTape, relinkTape } from '../../engine/jobs/tapes.ts'
import type { Outcome, Register } from '../command.ts'
import { integerOption } from '../options.ts'
import { projectArgument } from '../shared-options.ts'
import { tapeText } from '../texts.ts'
import { withProject } from '../with-project.ts'

const addWords = z.tuple([
  z.string(),
  z.array(z.string()),
  z.object({ start: z.string().optional() }),
])
const relinkWords = z.tuple([z.string(), z.number(), z.string(), z.unknown()])
const listWords = z.tuple([z.string(), z.unknown()])

function outcome(sources: readonly Source[]): Outcome {
  const tapes = sources.map(tapeFields)
  return { json: { tapes }, text: tapes.map(tapeText).join('\n') || 'no tapes' }
}

export const tape: Register = (program, handle) => {
  const group = program.command('tape').description('The tapes of a project.')
  group
    .command('add')
    .description('Adds tapes of the same camera.')
    .argument(...projectArgument)
    .argument('<file...>', 'tapes, or folders of images')
    .option('--start <time>', 'when the first frame was taken')
    .action(
      handle(addWords, (context, [dir, files, { start }]) =>
        withProject(dir, 'write', async (engine) => {
          for (const file of files) await addTape(engine, file, start, context)
          return outcome(listSources(engine.project))
        }),
      ),
    )
  group
    .command('list')
    .description('Lists the tapes.')
    .argument(...projectArgument)
    .action(
      handle(listWords, (_context, [dir]) =>
        withProject(dir, 'read', ({ project }) => outcome(listSources(project))),
      ),
    )
  group
    .command('relink')
    .description('Says where a tape lies that has moved.')
    .argument(...projectArgument)
    .argument('<id>', 'the tape’s number', integerOption('<id>', { minimum: 1 }))
    .argument('<file>', 'where it lies now')
    .action(
      handle(relinkWords, (context, [dir, id, file]) =>
        withProject(dir, 'write', async (engine) => {
          await relinkTape(engine, id, file, context)
          return outcome(listSources(engine.project))
        }),
      ),
    )
}
