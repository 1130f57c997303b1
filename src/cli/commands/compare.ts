import { z } from 'zod'
import { compareNetworks } from '../../engine/compare/compare-networks.ts'
import { comparisonWriter, saveComparison } from '../../engine/compare/save.ts'
import { classIouText, columns, notes, scoredClasses, subject } from '../../engine/compare/table.ts'
import { startCompute } from '../../engine/compute/start-compute.ts'
import type { Comparison } from '../../shared/contract/compare.ts'
import { parseSize } from '../../shared/recipe-text.ts'
import type { Register } from '../command.ts'
import { setOption } from '../dataset-options.ts'
import { integerOption, repeated } from '../options.ts'
import { projectArgument } from '../shared-options.ts'
import { table } from '../table.ts'
import { withProject } from '../with-project.ts'

const words = z.tuple([
  z.string(),
  z.object({
    models: z.string(),
    ...setOption.fields,
    split: z.string().optional(),
    input: z.object({ width: z.number(), height: z.number() }).optional(),
    device: z.string().optional(),
    threads: z.number().optional(),
    runs: z.number().optional(),
    out: z.array(z.string()).default([]),
  }),
])

function textOf(comparison: Comparison): string {
  const { networks } = comparison
  const overview = table(
    columns.map(({ title }) => title),
    networks.map((network) => columns.map(({ cell }) => cell(network))),
  )
  const scored = scoredClasses(comparison)
  const known = networks.filter(({ accuracy }) => accuracy !== null)
  const perClass = table(
    ['IoU', ...known.map(({ id }) => id)],
    scored.map(({ name, at }) => [name, ...known.map((each) => classIouText(each, at))]),
  )
  return [
    subject(comparison),
    overview,
    ...(notes(comparison).length > 0 ? [notes(comparison).join('\n')] : []),
    ...(scored.length > 0 ? [perClass] : []),
  ].join('\n\n')
}

export const compare: Register = (program, handle) => {
  const command = program
    .command('compare')
    .description('Compares networks on the masks of image sets, and in what they cost.')
    .argument(...projectArgument)
    .requiredOption(
      '--models <list>',
      'names with commas between them: networks of the project, architectures, files',
    )
  setOption
    .add(command)
    .option('--split <part>', 'only the images of this part, such as val')
    .option('--input <wxh>', 'size of the networks’ input', parseSize)
    .option('--device <name>', 'auto, cpu, webgpu, cuda, coreml or dml')
    .option('--threads <n>', 'processor threads', integerOption('--threads', { minimum: 1 }))
    .option('--runs <n>', 'timed looks at a picture (5)', integerOption('--runs', { minimum: 1 }))
    .option(
      '--out <file>',
      'also write it: .html, .md, .csv, .json or .svg (the plot); repeatable',
      repeated,
    )
    .action(
      handle(words, async (context, [dir, { models, out, ...choice }]) => {
        const names = models.split(',').map((name) => name.trim())
        // A wrong ending shows before the work, not after it.
        out.forEach(comparisonWriter)
        return withProject(dir, 'read', async (engine) => {
          const wish = { ...choice, models: names.filter((name) => name !== '') }
          const comparison = await compareNetworks(engine, startCompute, wish, context)
          for (const path of out) await saveComparison(comparison, path)
          return { json: comparison, text: textOf(comparison) }
        })
      }),
    )
}
