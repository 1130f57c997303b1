import { z } from 'zod'
import { listSources, type Source } from '../../engine/db/sources.ts'
import { chooseSource } from '../../engine/jobs/choose-source.ts'
import { type InferResult, inferTape } from '../../engine/jobs/infer-tape.ts'
import { parseSize } from '../../shared/recipe-text.ts'
import type { Register } from '../command.ts'
import { integerOption } from '../options.ts'
import { projectArgument, tapeOption } from '../shared-options.ts'
import { withProject } from '../with-project.ts'

const words = z.tuple([
  z.string(),
  z.object({
    ...tapeOption.fields,
    model: z.string().optional(),
    frames: z.string().optional(),
    device: z.string().optional(),
    input: z.object({ width: z.number(), height: z.number() }).optional(),
    threads: z.number().optional(),
    allowOtherGeometry: z.boolean().optional(),
  }),
])

function resultFields({ run, model, device, frames, seconds }: InferResult) {
  return {
    run: run.id,
    tape: run.source,
    model: model.description.id,
    device: device ?? run.device,
    frames: run.frames,
    inferred: frames,
    seconds,
    framesPerSecond: seconds > 0 ? frames / seconds : null,
  }
}

function resultText(result: ReturnType<typeof resultFields>): string {
  const { run, model, device, frames, inferred, seconds, framesPerSecond } = result
  if (inferred === 0) return `run ${run}: all ${frames} frames were inferred before`
  return (
    `run ${run}: ${inferred} frames with ${model} on ${device} in ${seconds.toFixed(1)} s` +
    ` (${(framesPerSecond ?? 0).toFixed(1)} frames/s)`
  )
}

export const infer: Register = (program, handle) => {
  const command = program
    .command('infer')
    .description('Runs the network over the tape; goes on where it stopped.')
    .argument(...projectArgument)
    .option('--model <id>', 'the network; by default the active one')
    .option('--frames <list>', 'only these frames: 0,93 or 0-739/8 or even:8')
    .option('--device <name>', 'auto, cpu, webgpu, cuda, coreml or dml')
    .option('--input <wxh>', 'size of the network’s input', parseSize)
    .option('--threads <n>', 'processor threads', integerOption('--threads', { minimum: 1 }))
    .option('--allow-other-geometry', 'use a network that was trained with another recipe')
  tapeOption.add(command, 'only this tape; by default every tape').action(
    handle(words, (context, [dir, { tape, ...options }]) =>
      withProject(dir, 'write', async (engine) => {
        const { project } = engine
        const all = listSources(project)
        const isForAll = tape === undefined && options.frames === undefined && all.length > 0
        const sources: Source[] = isForAll ? all : [chooseSource(project, tape)]
        const runs = []
        for (const source of sources)
          runs.push(resultFields(await inferTape(engine, source, options, context)))
        const [first] = runs
        const json = runs.length === 1 ? { ...first } : { ...first, runs }
        return { json, text: runs.map(resultText).join('\n') }
      }),
    ),
  )
}
