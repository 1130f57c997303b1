import { z } from 'zod'
import type { Evaluation } from '../../engine/dataset/evaluate.ts'
import { getRun } from '../../engine/db/runs.ts'
import { chooseSource } from '../../engine/jobs/choose-source.ts'
import { evaluateRun } from '../../engine/jobs/evaluate-run.ts'
import type { Register } from '../command.ts'
import { numberOption } from '../options.ts'
import { countOptions, maskOptions, projectArgument, tapeOption } from '../shared-options.ts'
import { type Cell, score, table } from '../table.ts'
import { withProject } from '../with-project.ts'

const words = z.tuple([
  z.string(),
  z.object({
    truth: z.string(),
    truthPixels: z.number().optional(),
    ...maskOptions.fields,
    ...countOptions.fields,
    ...tapeOption.fields,
  }),
])

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

export const evaluate: Register = (program, handle) => {
  const command = program
    .command('evaluate')
    .description('Compares a run with truth masks, in pixels and in occupied frames.')
    .argument(...projectArgument)
    .requiredOption('--truth <folder>', 'masks named by frame')
    .option(
      '--truth-pixels <n>',
      'person pixels that make a region truly occupied; by default the threshold',
      numberOption('--truth-pixels', { minimum: 0 }),
    )
  countOptions.add(maskOptions.add(tapeOption.add(command, 'the tape'))).action(
    handle(words, (context, [dir, { truth, tape, threshold, cut, enter, leave, ...rest }]) =>
      withProject(dir, 'read', async ({ project }) => {
        const id = tape ?? (rest.run === undefined ? undefined : getRun(project, rest.run).source)
        const source = chooseSource(project, id)
        const masks = { ...rest, masks: truth }
        const rule = { threshold, cut, enter, leave }
        const { result, count } = await evaluateRun(project, source, masks, rule, context)
        return { json: { run: count.run.id, ...result }, text: evaluationText(result) }
      }),
    ),
  )
}
