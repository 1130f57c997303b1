import { z } from 'zod'
import { loadFrameIndex } from '../../engine/db/frame-indexes.ts'
import { chooseSource } from '../../engine/jobs/choose-source.ts'
import { framePng, type frameViews } from '../../engine/jobs/frame-picture.ts'
import { replaceFile } from '../../engine/projects/replace-file.ts'
import type { Register } from '../command.ts'
import { choiceOption, integerOption } from '../options.ts'
import { projectArgument, tapeOption } from '../shared-options.ts'
import { withProject } from '../with-project.ts'

const views = ['source', 'recipe', 'mask', 'overlay'] as const satisfies (keyof typeof frameViews)[]

const words = z.tuple([
  z.string(),
  z.number(),
  z.object({
    ...tapeOption.fields,
    out: z.string().optional(),
    view: z.enum(views).default('recipe'),
  }),
])

export const frame: Register = (program, handle) => {
  const command = program
    .command('frame')
    .description('Writes one frame as a PNG file.')
    .argument(...projectArgument)
    .argument('<n>', 'frame number, from 0', integerOption('<n>', { minimum: 0 }))
    .option('--out <file>', 'the file to write; by default frame-N.png here')
    .option('--view <kind>', 'source, recipe, mask or overlay', choiceOption('--view', views))
  tapeOption.add(command, 'the tape').action(
    handle(words, (context, [dir, number, { tape, out, view }]) =>
      withProject(dir, 'read', async (engine) => {
        const source = chooseSource(engine.project, tape)
        const png = await framePng(engine, source, number, view, context)
        const path = out ?? `frame-${number}.png`
        await replaceFile(path, png)
        const pts = loadFrameIndex(engine.project, source).pts[number]
        return { json: { frame: number, pts, path }, text: `frame ${number} is in ${path}` }
      }),
    ),
  )
}
