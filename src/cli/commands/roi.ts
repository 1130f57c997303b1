import { z } from 'zod'
import { regionsInRecipe } from '../../engine/jobs/project-recipe.ts'
import { exportRegions, importRegions, regionFields, setGrid } from '../../engine/jobs/regions.ts'
import { AppError } from '../../shared/errors.ts'
import type { Region } from '../../shared/region.ts'
import type { Outcome, Register } from '../command.ts'
import { projectArgument } from '../shared-options.ts'
import { table } from '../table.ts'
import { withProject } from '../with-project.ts'

const fileWords = z.tuple([z.string(), z.string(), z.unknown()])
const listWords = z.tuple([z.string(), z.unknown()])

function outcome(regions: readonly Region[], more: object = {}): Outcome {
  const rows = regions.map(({ name, kind, group, threshold, points }) => [
    name,
    kind,
    group ?? '',
    threshold,
    points.length,
  ])
  const text = table(['region', 'kind', 'group', 'threshold', 'points'], rows)
  return {
    json: { rois: regions.map(regionFields), ...more },
    text: regions.length > 0 ? text : 'no regions',
  }
}

/** `4x3` */
function parseGrid(text: string): [columns: number, rows: number] {
  const [, columns, rows] = /^([1-9]\d{0,2})x([1-9]\d{0,2})$/i.exec(text) ?? []
  if (columns && rows) return [Number(columns), Number(rows)]
  throw new AppError(
    'bad-value',
    `the grid is ${JSON.stringify(text)}; columns x rows such as 4x4 was expected`,
    'Give two whole numbers from 1 to 999.',
  )
}

export const roi: Register = (program, handle) => {
  const group = program.command('roi').description('The regions of interest of a project.')
  group
    .command('import')
    .description('Makes the regions in a file the project’s regions.')
    .argument(...projectArgument)
    .argument('<file>', 'JSON: {"rois":[{"name":…,"points":[[x,y],…]}]} in pixels of the picture')
    .action(
      handle(fileWords, (_context, [dir, file]) =>
        withProject(dir, 'write', async ({ project }) =>
          outcome(await importRegions(project, file)),
        ),
      ),
    )
  group
    .command('export')
    .description('Writes the regions to a file.')
    .argument(...projectArgument)
    .argument('<file>', 'the file to write')
    .action(
      handle(fileWords, (_context, [dir, file]) =>
        withProject(dir, 'read', async ({ project }) =>
          outcome(await exportRegions(project, file), { path: file }),
        ),
      ),
    )
  group
    .command('grid')
    .description('Covers the picture with equal cells, in place of the regions there are.')
    .argument(...projectArgument)
    .argument('<cxr>', 'columns x rows, such as 4x4')
    .action(
      handle(fileWords, (_context, [dir, grid]) =>
        withProject(dir, 'write', ({ project }) => outcome(setGrid(project, ...parseGrid(grid)))),
      ),
    )
  group
    .command('list')
    .description('Lists the regions.')
    .argument(...projectArgument)
    .action(
      handle(listWords, (_context, [dir]) =>
        withProject(dir, 'read', ({ project }) => outcome(regionsInRecipe(project))),
      ),
    )
}
