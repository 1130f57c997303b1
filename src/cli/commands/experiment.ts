/** @file `experiment`: trainings on image sets that can be compared, and the queue they wait in. */
import type { Command } from 'commander'
import { z } from 'zod'
import { listExperiments } from '../../engine/db/experiments.ts'
import {
  experimentSummaries,
  experimentWithCurves,
} from '../../engine/jobs/experiments/experiment-states.ts'
import { experimentTable, sortedTable } from '../../engine/jobs/experiments/experiment-table.ts'
import { exportExperiments } from '../../engine/jobs/experiments/export-experiments.ts'
import { experimentPresets, presetExperiment } from '../../engine/jobs/experiments/presets.ts'
import { exportFormatSchema } from '../../shared/contract/experiments.ts'
import { differingSettings } from '../../shared/experiment.ts'
import type { Handle, Register } from '../command.ts'
import { curvesText, experimentsText } from '../experiment-texts.ts'
import { choiceOption, integerOption } from '../options.ts'
import { projectArgument } from '../shared-options.ts'
import { table } from '../table.ts'
import { withProject } from '../with-project.ts'
import { addRun } from './experiment-run.ts'

const listWords = z.tuple([
  z.string(),
  z.object({ sort: z.string().optional(), descending: z.boolean().default(false) }),
])
const showWords = z.tuple([z.string(), z.number(), z.unknown()])
const exportWords = z.tuple([
  z.string(),
  z.string(),
  z.object({ format: exportFormatSchema, experiment: z.array(z.number()).optional() }),
])
const presetWords = z.tuple([z.string().optional(), z.unknown()])

const identifier = integerOption('<id>', { minimum: 1 })

function addList(group: Command, handle: Handle): void {
  group
    .command('list')
    .description('Shows the experiments side by side; ≠ marks settings in which they differ.')
    .argument(...projectArgument)
    .option('--sort <column>', 'by its name in JSON, such as validationLoss or meanIou')
    .option('--descending', 'the greatest first')
    .action(
      handle(listWords, (_context, [dir, { sort, descending }]) =>
        withProject(dir, 'read', ({ project }) => {
          const experiments = experimentSummaries(project)
          const whole = experimentTable(experiments)
          const shown = sort === undefined ? whole : sortedTable(whole, sort, descending)
          const differences = differingSettings(experiments.map(({ settings }) => settings))
          const rows = shown.rows.map((row) =>
            Object.fromEntries(shown.columns.map(({ key }, at) => [key, row[at] ?? null])),
          )
          const text = experiments.length > 0 ? experimentsText(shown) : 'no experiment yet'
          return { json: { experiments, differences, rows }, text }
        }),
      ),
    )
}

function addShow(group: Command, handle: Handle): void {
  group
    .command('show')
    .description('Shows an experiment epoch by epoch; • marks the smallest validation loss.')
    .argument(...projectArgument)
    .argument('<id>', 'of the experiment', identifier)
    .action(
      handle(showWords, (_context, [dir, id]) =>
        withProject(dir, 'read', ({ project }) => {
          const experiment = experimentWithCurves(project, id)
          return { json: experiment, text: curvesText(experiment) }
        }),
      ),
    )
}

function addExport(group: Command, handle: Handle): void {
  group
    .command('export')
    .description('Writes experiments as tables, a page with curves, or event files of TensorBoard.')
    .argument(...projectArgument)
    .argument('<target>', 'the file to write; for tensorboard a folder')
    .option(
      '--format <name>',
      `${exportFormatSchema.options.join(', ')}; by default csv`,
      choiceOption('--format', exportFormatSchema.options),
      'csv',
    )
    .option(
      '--experiment <id>',
      'only this one; repeatable',
      (text: string, before: number[] = []) => [...before, identifier(text)],
    )
    .action(
      handle(exportWords, (_context, [dir, target, { format, experiment }]) =>
        withProject(dir, 'read', async ({ project }) => {
          const all = listExperiments(project).map(({ id }) => id)
          const ids = experiment ?? all.toReversed()
          const files = await exportExperiments(project, ids, format, target)
          const text = `wrote ${ids.length} experiments to ${files.join(', ')}`
          return { json: { format, experiments: ids, files }, text }
        }),
      ),
    )
}

function addPreset(group: Command, handle: Handle): void {
  group
    .command('preset')
    .description('Lists the presets, or prints all settings of one, to be changed and run.')
    .argument('[name]', 'of the preset')
    .action(
      handle(presetWords, async (_context, [name]) => {
        if (name !== undefined) {
          const settings = presetExperiment(name)
          return { json: settings, text: JSON.stringify(settings, null, 2) }
        }
        const presets = Object.entries(experimentPresets).map(([key, { title, purpose }]) => {
          return { name: key, title, description: purpose }
        })
        const rows = presets.map((one) => [one.name, one.title, one.description])
        return { json: { presets }, text: table(['name', 'title', 'for'], rows) }
      }),
    )
}

export const experiment: Register = (program, handle) => {
  const group = program
    .command('experiment')
    .description('Trainings on image sets that can be compared.')
  for (const add of [addRun, addList, addShow, addExport, addPreset]) add(group, handle)
}
