import { z } from 'zod'
import { listLabels } from '../../engine/db/masks.ts'
import { getSource, listSources } from '../../engine/db/sources.ts'
import { chooseSource } from '../../engine/jobs/choose-source.ts'
import { exportLabels, importLabels } from '../../engine/jobs/labels.ts'
import { suggestFrames } from '../../engine/jobs/suggest-frames.ts'
import type { Register } from '../command.ts'
import { integerOption } from '../options.ts'
import { maskOptions, projectArgument, tapeOption } from '../shared-options.ts'
import { table } from '../table.ts'
import { withProject } from '../with-project.ts'

const importWords = z.tuple([
  z.string(),
  z.object({ masks: z.string(), ...maskOptions.fields, ...tapeOption.fields }),
])
const exportWords = z.tuple([z.string(), z.string(), z.object(tapeOption.fields)])
const listWords = z.tuple([z.string(), z.unknown()])
const suggestWords = z.tuple([
  z.string(),
  z.object({ count: z.number().default(8), ...tapeOption.fields }),
])

export const labels: Register = (program, handle) => {
  const group = program.command('labels').description('Painted masks, by frame.')
  const importing = group
    .command('import')
    .description('Takes mask files as labels: of the tape’s size, or of the picture’s.')
    .argument(...projectArgument)
    .requiredOption('--masks <path>', 'a folder of masks named by frame, or one mask')
  tapeOption.add(maskOptions.add(importing), 'the tape they are for').action(
    handle(importWords, (context, [dir, { tape, ...words }]) =>
      withProject(dir, 'write', async ({ project }) => {
        const found = await importLabels(project, chooseSource(project, tape), words, context)
        const skipped = found.skipped.map(({ file, why }) => `skipped ${file}: ${why}`)
        const classes = found.classes.join(', ')
        const text = [`imported ${found.imported} labels (${classes})`, ...skipped].join('\n')
        return { json: found, text }
      }),
    ),
  )
  const exporting = group
    .command('export')
    .description('Writes the labels as PNG files in pixels of the picture.')
    .argument(...projectArgument)
    .argument('<folder>', 'where to write them')
  tapeOption.add(exporting, 'the tape whose labels to write').action(
    handle(exportWords, (context, [dir, folder, { tape }]) =>
      withProject(dir, 'read', async ({ project }) => {
        const exported = await exportLabels(project, chooseSource(project, tape), folder, context)
        return { json: { path: folder, exported }, text: `wrote ${exported} masks to ${folder}` }
      }),
    ),
  )
  group
    .command('list')
    .description('Lists the labelled frames.')
    .argument(...projectArgument)
    .action(
      handle(listWords, (_context, [dir]) =>
        withProject(dir, 'read', ({ project }) => {
          const list = listLabels(project).map((label) => ({
            tape: label.source,
            frame: label.frame,
            version: label.version,
            width: label.width,
            height: label.height,
            at: label.createdAt,
          }))
          const rows = list.map(({ tape, frame, version, at }) => [tape, frame, version, at])
          const text = table(['tape', 'frame', 'version', 'when'], rows)
          return { json: { labels: list }, text: list.length > 0 ? text : 'no labels' }
        }),
      ),
    )
  const suggesting = group
    .command('suggest')
    .description('Proposes frames to paint next.')
    .argument(...projectArgument)
    .option(
      '--count <n>',
      'how many; by default 8',
      integerOption('--count', { minimum: 1, maximum: 200 }),
    )
  tapeOption.add(suggesting, 'only frames of this tape').action(
    handle(suggestWords, (context, [dir, { count, tape }]) =>
      withProject(dir, 'read', async (engine) => {
        const { project } = engine
        const sources = tape === undefined ? listSources(project) : [getSource(project, tape)]
        const found = await suggestFrames(engine, sources, count, context)
        const frames = found.map(({ source, frame, why }) => ({ tape: source, frame, why }))
        const rows = frames.map((each) => [each.tape, each.frame, each.why])
        const text = table(['tape', 'frame', 'why'], rows)
        return { json: { frames }, text: frames.length > 0 ? text : 'every frame is labelled' }
      }),
    ),
  )
}
