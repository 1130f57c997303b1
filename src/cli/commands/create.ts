import { z } from 'zod'
import { activeRecipe } from '../../engine/db/recipes.ts'
import { listSources } from '../../engine/db/sources.ts'
import { createFromTape } from '../../engine/jobs/create-project.ts'
import { tapeFields } from '../../engine/jobs/project-info.ts'
import { rememberProject } from '../../engine/projects/recent.ts'
import type { Register } from '../command.ts'
import { repeated } from '../options.ts'
import { recipeText, tapeText } from '../texts.ts'

const words = z.tuple([
  z.string(),
  z.object({
    tape: z.array(z.string()),
    like: z.string().optional(),
    lens: z.string().optional(),
    view: z.string().optional(),
    crop: z.string().optional(),
    size: z.string().optional(),
    recipe: z.string().optional(),
    start: z.string().optional(),
  }),
])

export const create: Register = (program, handle) => {
  program
    .command('create')
    .description('Makes a project: opens the tape and reads every frame of it once.')
    .argument('<project>', 'the folder to make, NAME.maskbench')
    .requiredOption('--tape <file>', 'a tape, or a folder of images; repeatable', repeated)
    .option('--like <project>', 'take recipe, regions, thresholds and network from a project')
    .option('--lens <cx,cy,radius[,fov]>', 'the fisheye’s image circle in tape pixels, or auto')
    .option('--view <yaw,pitch,roll,hfov[,vfov]>', 'where to look through the lens, in degrees')
    .option('--crop <x,y,w,h>', 'a part of the view (without a lens: of the tape)')
    .option('--size <wxh>', 'size of the project’s picture')
    .option('--recipe <file>', 'all of the geometry from a JSON file')
    .option('--start <time>', 'when the first frame was taken: 2026-05-01T06:00:00+02:00')
    .action(
      handle(words, async (context, [dir, { tape, like, start, ...recipe }]) => {
        const options = { tapes: tape, like, recipe, startTime: start }
        await using engine = await createFromTape(dir, options, context)
        await rememberProject(dir)
        const tapes = listSources(engine.project).map(tapeFields)
        for (const { problem } of tapes) if (problem !== null) context.note(`warning: ${problem}`)
        const inUse = activeRecipe(engine.project)?.recipe
        const text = [
          `created ${dir}`,
          ...tapes.map(tapeText),
          ...(inUse ? [`picture: ${recipeText(inUse)}`] : []),
        ].join('\n')
        return { json: { project: dir, tape: tapes[0], tapes, recipe: inUse }, text }
      }),
    )
}
