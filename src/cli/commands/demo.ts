import { z } from 'zod'
import { type DemoResult, demo as runDemo } from '../../engine/jobs/demo.ts'
import { rememberProject } from '../../engine/projects/recent.ts'
import type { Register } from '../command.ts'
import { type Cell, score, table } from '../table.ts'

const words = z.tuple([
  z.object({ out: z.string().default('demo'), quick: z.boolean().default(false) }),
])

function demoText({ project, report, before, stages, seconds }: DemoResult): string {
  const { f1, rois } = before.occupancy
  const rows = rois.map((roi): Cell[] => [roi.name, roi.counted, roi.true, score(roi.f1)])
  return [
    'Counted by the pretrained network, which has never seen this camera:',
    table(['region', 'counted', 'true', 'F1'], rows),
    `occupancy F1 ${score(f1)}, mean IoU ${score(before.meanIou)}`,
    'This is before fine-tuning: training is not part of this version yet, so the demo ends with ' +
      'the naive counts. Eight labelled frames are in the project, ready for it.',
    `project ${project}\nreport  ${report}`,
    `${stages.map((stage) => `${stage.name} ${stage.seconds.toFixed(1)} s`).join(', ')}; ` +
      `${seconds.toFixed(1)} s in all`,
  ].join('\n\n')
}

export const demo: Register = (program, handle) => {
  program
    .command('demo')
    .description('Draws a sample tape with its truth, and counts in it.')
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
