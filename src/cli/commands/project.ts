import { z } from 'zod'
import { listJobs } from '../../engine/db/jobs.ts'
import { backup as backUp } from '../../engine/db/project.ts'
import { listProjectModels } from '../../engine/jobs/networks.ts'
import { projectInfo } from '../../engine/jobs/project-info.ts'
import type { Register } from '../command.ts'
import { projectArgument } from '../shared-options.ts'
import { table } from '../table.ts'
import { recipeText, tapeText } from '../texts.ts'
import { withProject } from '../with-project.ts'

const dirWords = z.tuple([z.string(), z.unknown()])
const backupWords = z.tuple([z.string(), z.string(), z.unknown()])

type Info = ReturnType<typeof projectInfo>

const imageSetText = ({ id, name, images, format }: Info['imageSets'][number]): string =>
  `image set ${id}: ${name}, ${images} images (${format})`

function infoText({ project, tapes, imageSets, ...info }: Info): string {
  const { recipe, rule, rois, labels, activeModel, runs } = info
  const runRows = runs.map(({ run, tape, model, input, frames, done, state }) => [
    run,
    tape,
    model,
    input,
    `${done} / ${frames}`,
    state,
  ])
  return [
    project,
    ...tapes.map(tapeText),
    ...imageSets.map(imageSetText),
    ...(tapes.length + imageSets.length === 0 ? ['no tape and no image set yet'] : []),
    ...(recipe ? [`picture: ${recipeText(recipe)}`] : []),
    ...(rule
      ? [`rule: more than ${Number(rule.threshold.toFixed(1))} px of probability, cut ${rule.cut}`]
      : []),
    `regions: ${rois.map(({ name }) => name).join(', ') || 'none'}`,
    `labels: ${labels.length}`,
    `network: ${activeModel ?? 'the built-in one'}`,
    runs.length === 0
      ? 'runs: none'
      : table(['run', 'tape', 'network', 'input', 'frames', 'state'], runRows),
  ].join('\n')
}

export const info: Register = (program, handle) => {
  program
    .command('info')
    .description('Shows what is in a project.')
    .argument(...projectArgument)
    .action(
      handle(dirWords, (_context, [dir]) =>
        withProject(dir, 'read', async (engine) => {
          const found = projectInfo(engine.project)
          const { models } = await listProjectModels(engine)
          return { json: { ...found, models }, text: infoText(found) }
        }),
      ),
    )
}

export const jobs: Register = (program, handle) => {
  program
    .command('jobs')
    .description('Lists the long work of a project: imports, runs, exports.')
    .argument(...projectArgument)
    .action(
      handle(dirWords, (_context, [dir]) =>
        withProject(dir, 'read', ({ project }) => {
          const list = listJobs(project)
          const rows = list.map(({ id, kind, state, stage, done, total, error }) => [
            id,
            kind,
            state,
            total > 0 ? `${stage} ${done} / ${total}` : '',
            error?.message ?? '',
          ])
          const text = table(['job', 'kind', 'state', 'progress', 'error'], rows)
          return { json: { jobs: list }, text: list.length > 0 ? text : 'no jobs' }
        }),
      ),
    )
}

export const backup: Register = (program, handle) => {
  program
    .command('backup')
    .description('Copies the project’s database, also while it is being written.')
    .argument(...projectArgument)
    .argument('<file>', 'the copy to make')
    .action(
      handle(backupWords, (_context, [dir, file]) =>
        withProject(dir, 'read', ({ project }) => {
          backUp(project, file)
          return { json: { path: file }, text: `copied to ${file}` }
        }),
      ),
    )
}
