/** @file `dataset`: sets of pictures with masks, in and out of a project. */
import type { Command } from 'commander'
import { z } from 'zod'
import { exportSet } from '../../engine/jobs/datasets/export-set.ts'
import { setStatistics } from '../../engine/jobs/datasets/set-stats.ts'
import { undoImport } from '../../engine/jobs/datasets/undo-import.ts'
import type { CommandContext, Handle, Register } from '../command.ts'
import {
  formatField,
  formatOrAuto,
  readOptions,
  setOption,
  writeOptions,
} from '../dataset-options.ts'
import { statisticsText, summaryText } from '../dataset-texts.ts'
import { projectArgument } from '../shared-options.ts'
import { withProject } from '../with-project.ts'
import { importInto } from './dataset-import.ts'
import { addSplit } from './dataset-split.ts'

const importWords = z.tuple([
  z.string(),
  z.string(),
  z.object({ format: formatOrAuto, dryRun: z.boolean().optional(), ...readOptions.fields }),
])
const exportWords = z.tuple([
  z.string(),
  z.string(),
  z.object({ format: formatField, ...writeOptions.fields, ...setOption.fields }),
])
const statsWords = z.tuple([z.string(), z.object(setOption.fields)])
const undoWords = z.tuple([z.string(), z.object({ painted: z.boolean().optional() })])

/** Says on stderr, before anything is written, what a format cannot hold. */
export function noteDropped({ note }: CommandContext) {
  return (dropped: readonly string[]): void => {
    for (const sentence of dropped) note(`the format does not hold ${sentence}`)
  }
}

function addImport(group: Command, handle: Handle): void {
  const command = group
    .command('import')
    .description(
      'Takes a set of pictures with annotations into a project, which is made if need be.',
    )
    .argument(...projectArgument)
    .argument('<path>', 'a file, folder or zip in one of the formats')
    .option('--dry-run', 'only say what would be imported')
  readOptions.add(command, '--format').action(
    handle(importWords, async (context, [dir, path, { dryRun = false, ...options }]) => {
      const { set, ...found } = await importInto(dir, path, { dryRun, options }, context)
      const text = summaryText(found)
      const head = `${dryRun ? 'would import' : 'imported'} ${path} (${found.format})`
      return { json: set === null ? found : { ...found, set }, text: `${head}\n${text}` }
    }),
  )
}

function addExport(group: Command, handle: Handle): void {
  const command = group
    .command('export')
    .description('Writes image sets in a format of other tools; what it cannot hold is said first.')
    .argument(...projectArgument)
    .argument('<target>', 'the folder to make, or FILE.zip')
  setOption.add(writeOptions.add(command, '--format')).action(
    handle(exportWords, (context, [dir, target, options]) =>
      withProject(dir, 'read', async ({ project }) => {
        const onDropped = noteDropped(context)
        const out = await exportSet(project, target, { ...options, onDropped }, context)
        return { json: out, text: `wrote ${out.images} images in ${out.files} files to ${target}` }
      }),
    ),
  )
}

function addStats(group: Command, handle: Handle): void {
  const command = group
    .command('stats')
    .description('Shows classes, sizes, missing and odd masks, and pictures that are there twice.')
    .argument(...projectArgument)
  setOption.add(command).action(
    handle(statsWords, (context, [dir, options]) =>
      withProject(dir, 'read', async ({ project }) => {
        const found = await setStatistics(project, options, context)
        return { json: found, text: statisticsText(found) }
      }),
    ),
  )
}

function addUndo(group: Command, handle: Handle): void {
  group
    .command('undo')
    .description('Takes the last import back.')
    .argument(...projectArgument)
    .option('--painted', 'also when its images were painted since')
    .action(
      handle(undoWords, (_context, [dir, options]) =>
        withProject(dir, 'write', async ({ project }) => {
          const { id, path, images } = await undoImport(project, options)
          const json = { set: id, path, images }
          return { json, text: `took back the ${images} images of set ${id} (${path})` }
        }),
      ),
    )
}

export const dataset: Register = (program, handle) => {
  const group = program
    .command('dataset')
    .description('Sets of pictures with masks: COCO, CVAT, Labelme, folders of masks and others.')
  for (const add of [addImport, addExport, addSplit, addStats, addUndo]) add(group, handle)
}
