import { z } from 'zod'
import { type DemoResult, demo as runDemo } from '../../engine/jobs/demo.ts'
import { rememberProject } from '../../engine/projects/recent.ts'
import type { Register } from '../command.ts'
import { type Cell, score, table } from '../table.ts'

const words = z.tuple([
  z.object({ out: z.string().default('demo'), quick: z.boolean().default(false) }),
])

function demoText({ project, report, before, after, training, ...rest }: DemoResult): string {
  const { stages, seconds } = rest
  const f1Before = new Map(before.occupancy.rois.map(({ name, f1 }) => [name, f1]))
  const rows = after.occupancy.rois.map((roi): Cell[] => [
    roi.name,
    score(f1Before.get(roi.name) ?? null),
    score(roi.f1),
    roi.counted,
    roi.true,
  ])
  return [
    'How well each region’s frames with somebody in it are counted, by the pretrained network,\n' +
      'which has never seen this camera, and by the one fine-tuned on ' +
      `${training.labels} labelled frames:`,
    table(['region', 'F1 before', 'F1 after', 'counted', 'true'], rows),
    `occupancy F1 ${score(before.occupancy.f1)} before, ${score(after.occupancy.f1)} after; ` +
      `mean IoU ${score(before.meanIou)} before, ${score(after.meanIou)} after`,
    `Compared with the truth on ${before.frames} frames before and ${after.frames} after, none of ` +
      'which was learnt from.',
    `project ${project}\nreport  ${report}`,
    `${stages.map((stage) => `${stage.name} ${stage.seconds.toFixed(1)} s`).join(', ')}; ` +
      `${seconds.toFixed(1)} s in all`,
  ].join('\n\n')
}

export const demo: Register = (program, handle) => {
  program
    .command('demo')
    .description('Draws a sample tape with its truth, learns from 8 frames of it, and counts.')
    .option('--out <folder>', 'where to put it; by default demo')
    .option('--quick', 'a shorter tape')
    .action(
      handle(words, async (context, [{ out, quick }]) => {
        const onStage = ({ name, seconds }: { name: string; seconds: number }) =>
          context.note(`${name}: ${seconds.toFixed(1)} s`)
        const result = await runDemo(out, { quick, onStage }, context)
        await rememberProject(result.project)
        const { count, ...json } = result
        return { json: { ...json, frames: count.frames.length }, text: demoText(result) }
      }),
    )
}
