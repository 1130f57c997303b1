import type { Command } from 'commander'
import { z } from 'zod'
import { listImageSets } from '../../engine/db/image-sets.ts'
import type { Project } from '../../engine/db/project.ts'
import { getRun } from '../../engine/db/runs.ts'
import { scoresCsv } from '../../engine/formats/scores-csv.ts'
import { chooseSource } from '../../engine/jobs/choose-source.ts'
import { evaluateImages } from '../../engine/jobs/datasets/evaluate-images.ts'
import { evaluateRun } from '../../engine/jobs/evaluate-run.ts'
import type { Evaluation } from '../../engine/labels/evaluate.ts'
import { replaceFile } from '../../engine/projects/replace-file.ts'
import { AppError } from '../../shared/errors.ts'
import { parseSize } from '../../shared/recipe-text.ts'
import type { CommandContext, Outcome, Register } from '../command.ts'
import { setOption } from '../dataset-options.ts'
import { integerOption, numberOption } from '../options.ts'
import { comparedParts, scoreOptions } from '../score-options.ts'
import { scoresText } from '../scores-text.ts'
import { countOptions, maskOptions, projectArgument, tapeOption } from '../shared-options.ts'
import { type Cell, score, table } from '../table.ts'
import { withProject } from '../with-project.ts'

const options = z.object({
  truthPixels: z.number().optional(),
  ...maskOptions.fields,
  ...countOptions.fields,
  ...tapeOption.fields,
  ...setOption.fields,
  split: z.string().optional(),
  model: z.string().optional(),
  device: z.string().optional(),
  input: z.object({ width: z.number(), height: z.number() }).optional(),
  threads: z.number().optional(),
  allowOtherGeometry: z.boolean().optional(),
  ...scoreOptions.fields,
})

const words = z.tuple([z.string(), options.extend({ truth: z.string().optional() })])

export function evaluationText({ frames, classes, meanIou, occupancy }: Evaluation): string {
  const { threshold, cut, truthPixels, precision, recall, f1, rois } = occupancy
  const classRows = classes.map(({ name, iou, precision: p, recall: r }): Cell[] => [
    name,
    score(iou),
    score(p),
    score(r),
  ])
  const rows = rois.map((roi): Cell[] => [
    roi.name,
    roi.counted,
    roi.true,
    score(roi.precision),
    score(roi.recall),
    score(roi.f1),
  ])
  return [
    `${frames} frames with truth; mean IoU ${score(meanIou)}`,
    table(['class', 'IoU', 'precision', 'recall'], classRows),
    `occupancy: F1 ${score(f1)}, precision ${score(precision)}, recall ${score(recall)}` +
      ` (more than ${Number(threshold.toFixed(1))} px, cut ${cut}; truth from ${Number(truthPixels.toFixed(1))} px)`,
    table(['region', 'counted', 'true', 'precision', 'recall', 'F1'], rows),
  ].join('\n\n')
}

type Words = z.output<typeof options>

/** A run over a tape against the masks in a folder. */
function evaluateTape(dir: string, truth: string, words: Words, context: CommandContext) {
  const { tape, threshold, cut, enter, leave, ...rest } = words
  return withProject(dir, 'read', async ({ project }) => {
    const id = tape ?? (rest.run === undefined ? undefined : getRun(project, rest.run).source)
    const source = chooseSource(project, id)
    const masks = { ...rest, masks: truth }
    const rule = { threshold, cut, enter, leave }
    const { result, count } = await evaluateRun(project, source, masks, rule, context)
    return { json: { run: count.run.id, ...result }, text: evaluationText(result) }
  })
}

function requireSets(project: Project): void {
  if (listImageSets(project).length > 0) return
  throw new AppError(
    'usage',
    '--truth was expected: the project has tapes, and no image sets with masks of their own',
    'Name the folder of true masks with --truth, or import a set with `maskbench dataset import`.',
  )
}

/** A network against the masks of image sets. */
function evaluateSets(dir: string, words: Words, context: CommandContext): Promise<Outcome> {
  const { set, split, model, input, device, threads, allowOtherGeometry, csv } = words
  const choice = { set, split, model, input, device, threads, allowOtherGeometry }
  return withProject(dir, 'read', async (engine) => {
    requireSets(engine.project)
    const asked = { ...choice, ...comparedParts(words) }
    const result = await evaluateImages(engine, asked, context)
    if (csv !== undefined) await replaceFile(csv, scoresCsv(result))
    for (const { name, why } of result.unscored) context.note(`note: ${name} is not scored: ${why}`)
    return { json: result, text: `${result.model} on ${result.device}\n${scoresText(result)}` }
  })
}

const setOptions = {
  add: (command: Command) =>
    setOption
      .add(command)
      .option('--split <part>', 'only the images of this part, such as val')
      .option('--model <id>', 'the network; by default the active one')
      .option('--device <name>', 'auto, cpu, webgpu, cuda, coreml or dml')
      .option('--input <wxh>', 'size of the network’s input', parseSize)
      .option('--threads <n>', 'processor threads', integerOption('--threads', { minimum: 1 }))
      .option('--allow-other-geometry', 'use a network that was trained with a tape’s recipe'),
}

export const evaluate: Register = (program, handle) => {
  const command = program
    .command('evaluate')
    .description(
      'With --truth: compares a run with truth masks, in pixels and in occupied frames. Without it: compares a network with the masks of image sets.',
    )
    .argument(...projectArgument)
    .optionsGroup('Runs over a tape:')
    .option('--truth <folder>', 'masks named by frame')
    .option(
      '--truth-pixels <n>',
      'person pixels that make a region truly occupied; by default the threshold',
      numberOption('--truth-pixels', { minimum: 0 }),
    )
  countOptions.add(maskOptions.add(tapeOption.add(command, 'the tape')))
  command.optionsGroup('Image sets:')
  scoreOptions
    .add(setOptions.add(command))
    .action(
      handle(words, (context, [dir, { truth, ...rest }]) =>
        truth === undefined
          ? evaluateSets(dir, rest, context)
          : evaluateTape(dir, truth, rest, context),
      ),
    )
}
