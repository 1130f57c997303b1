import { relative } from 'node:path'
import { z } from 'zod'
import { startCompute } from '../../engine/compute/start-compute.ts'
import { builtInId } from '../../engine/models/built-in.ts'
import { architectureNames } from '../../engine/models/zoo/architectures.ts'
import { userDataFolder } from '../../engine/projects/data-folder.ts'
import { networkForPictures } from '../../engine/segment/network-for-pictures.ts'
import { segmentInput } from '../../engine/segment/segment-input.ts'
import type { SegmentResult } from '../../shared/contract/segment.ts'
import { parseSize } from '../../shared/recipe-text.ts'
import { segmentModes } from '../../shared/segment.ts'
import type { Register } from '../command.ts'
import { lookOf, lookOptions } from '../look-options.ts'
import { choiceOption, integerOption, repeated } from '../options.ts'
import { percent, table } from '../table.ts'

const words = z.tuple([
  z.string(),
  z.object({
    out: z.string(),
    model: z.string().default(builtInId),
    project: z.string().optional(),
    as: z.string().optional(),
    description: z.string().optional(),
    mode: z.enum(segmentModes).default('mask'),
    only: z.array(z.string()).optional(),
    input: z.object({ width: z.number(), height: z.number() }).optional(),
    device: z.string().optional(),
    threads: z.number().optional(),
    allowOtherGeometry: z.boolean().optional(),
    ...lookOptions.fields,
  }),
])

/** Rows with the classes of each picture, the largest first. */
function pictureRows({ pictures, legend }: SegmentResult) {
  const names = new Map(legend.map(({ index, name }) => [index, name]))
  return pictures.map(({ name, classes }) => {
    const all = classes.reduce((sum, { pixels }) => sum + pixels, 0)
    const shares = classes
      .toSorted((a, b) => b.pixels - a.pixels)
      .map(({ index, pixels }) => `${names.get(index) ?? 'background'} ${percent(pixels / all)}`)
    return [name, shares.join(', ')]
  })
}

function textOf(result: SegmentResult): string {
  const { model, device, mode, out, pictures, frames, seconds } = result
  const count = frames > 0 ? `${frames} frames` : `${pictures.length} pictures`
  const rate = (frames || pictures.length) / Math.max(seconds, 1e-9)
  const where = relative(process.cwd(), out) || out
  const head = `${model} on ${device}: ${count} (${rate.toFixed(1)}/s), ${mode} in ${where}`
  return `${head}\n\n${table(['picture', 'what is in it'], pictureRows(result))}`
}

export const segment: Register = (program, handle) => {
  const command = program
    .command('segment')
    .description('Lets a network look at a picture, a folder of pictures or a tape.')
    .argument('<input>', 'a picture, a folder with pictures in it, or a tape (mp4 and so on)')
    .requiredOption('--out <folder>', 'the folder to write into')
    .optionsGroup('The network:')
    .option(
      '--model <name>',
      `an .onnx file, a .pth file with --as, a network of --project, or one of ${architectureNames.join(', ')} (${builtInId})`,
    )
    .option('--project <project>', 'a project whose networks can be named')
    .option('--as <architecture>', 'what a .pth has the weights of')
    .option('--description <file>', 'a model.json that says how to use an .onnx file')
    .option('--allow-other-geometry', 'use a network that was trained with a tape’s recipe')
    .optionsGroup('What comes of it:')
    .option(
      '--mode <mode>',
      'mask (class indices, PNG), colour (their colours), splash (grey but for what is seen) or overlay',
      choiceOption('--mode', segmentModes),
    )
    .option('--only <class>', 'a class to show, all others are background; repeatable', repeated)
    .optionsGroup('How it looks:')
  lookOptions
    .add(command)
    .option('--input <wxh>', 'size of the network’s input', parseSize)
    .option('--device <name>', 'auto, cpu, webgpu, cuda, coreml or dml')
    .option('--threads <n>', 'processor threads', integerOption('--threads', { minimum: 1 }))
    .action(
      handle(words, async (context, [input, options]) => {
        const { model, project, as, description, allowOtherGeometry, ...wish } = options
        const { crop, window, overlap, scales, flip, input: inputSize, ...rest } = wish
        const look = lookOf({ crop, window, overlap, scales, flip })
        await using compute = startCompute()
        const network = await networkForPictures(compute, {
          ...{ model, project, as, description, allowOtherGeometry },
          dataFolder: userDataFolder(),
        })
        const result = await segmentInput(
          compute,
          network,
          { ...rest, input, inputSize, look },
          context,
        )
        for (const { file, why } of result.skipped) context.note(`note: ${file}: ${why}`)
        return { json: result, text: textOf(result) }
      }),
    )
}
