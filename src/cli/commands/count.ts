import { z } from 'zod'
import { countsCsv, periodsCsv } from '../../engine/formats/count-csv.ts'
import { countDocument } from '../../engine/formats/count-json.ts'
import { chooseRun } from '../../engine/jobs/choose-run.ts'
import {
  countedRun,
  countPeriods,
  countProject,
  type PeriodUnit,
  type ProjectCount,
} from '../../engine/jobs/count-project.ts'
import { replaceFile } from '../../engine/projects/replace-file.ts'
import type { Register } from '../command.ts'
import { choiceOption } from '../options.ts'
import { countOptions, projectArgument, tapeOption } from '../shared-options.ts'
import { type Cell, percent, table } from '../table.ts'
import { withProject } from '../with-project.ts'

const units = ['hour', 'shift'] as const satisfies PeriodUnit[]

const words = z.tuple([
  z.string(),
  z.object({
    ...countOptions.fields,
    ...tapeOption.fields,
    per: z.enum(units).optional(),
    csv: z.string().optional(),
  }),
])

function countText({ run, rule, frames, regions, groups }: ProjectCount): string {
  const rows = [...regions, ...groups].map((each): Cell[] => [
    each.members.length > 0 ? `${each.name} (any of ${each.members.length})` : each.name,
    `${each.approximate ? '≈ ' : ''}${each.occupied}`,
    percent(each.share),
    each.stretches.length / 2,
  ])
  const part = run.done < run.frames ? ` of ${run.frames}: the run is not complete` : ''
  const smoothing =
    rule.enter > 0 || rule.leave > 0 ? `, enter ${rule.enter}, leave ${rule.leave}` : ''
  return [
    `run ${run.id}, ${frames.length} frames${part}; occupied = more than ` +
      `${Number(rule.threshold.toFixed(1))} px of probability, cut ${rule.cut}${smoothing}`,
    table(['region', 'occupied', 'share', 'events'], rows),
    ...(regions.some((region) => region.approximate)
      ? ['≈ scored from stored probability maps; run `maskbench infer` again for exact scores']
      : []),
  ].join('\n')
}

export const count: Register = (program, handle) => {
  const command = program
    .command('count')
    .description('Counts occupied frames per region from stored scores; no inference.')
    .argument(...projectArgument)
    .option('--per <unit>', 'also per hour or per shift', choiceOption('--per', units))
    .option('--csv <file>', 'write the counts to a CSV file')
  countOptions.add(tapeOption.add(command, 'the tape whose latest run to count')).action(
    handle(words, (_context, [dir, { run, tape, per, csv, ...rule }]) =>
      withProject(dir, 'read', async ({ project }) => {
        const counted = countProject(project, chooseRun(project, { run, tape }), rule)
        const periods = per ? countPeriods(project, counted, per) : []
        const counts = countedRun(project, counted)
        if (csv !== undefined) await replaceFile(csv, per ? periodsCsv(periods) : countsCsv(counts))
        const json = {
          run: counted.run.id,
          tape: counted.run.source,
          model: counted.run.modelId,
          complete: counted.run.done === counted.run.frames,
          ...countDocument(counts),
          ...(per ? { per, periods } : {}),
        }
        const rows = periods.flatMap(({ name, periods: list }) =>
          list.map(({ period, occupied, share, events }): Cell[] => [
            period.start,
            name,
            occupied,
            percent(share),
            events,
          ]),
        )
        const perText = per ? [table([per, 'region', 'occupied', 'share', 'events'], rows)] : []
        return { json, text: [countText(counted), ...perText].join('\n\n') }
      }),
    ),
  )
}
