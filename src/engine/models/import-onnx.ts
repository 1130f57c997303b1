/** @file An `.onnx` network of any origin, described from its graph and one run. */
import { basename } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { ProbeModel } from '../infer/probe-model.ts'
import { readOnnx } from '../onnx/file.ts'
import type { Graph } from '../onnx/graph.ts'
import { classNames } from './class-names.ts'
import { describeInput, probeShapes } from './describe-input.ts'
import { describeOutput } from './describe-output.ts'
import type { DescriptionPart, ImportedModel } from './imported-model.ts'
import { idOf } from './imported-model.ts'

/** Mean and deviation of ImageNet, by which nearly every published network normalises. */
const imageNet = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] }

async function inferDescription(
  graph: Graph,
  file: string,
  probe: ProbeModel,
  part: DescriptionPart,
) {
  const input = describeInput(graph)
  const probes = probeShapes(input)
  const { name, type, layout } = input
  const shapes = probes.map(({ shape }) => shape)
  const answer = await probe({ modelFile: file, input: { name, type }, shapes })
  const ran = probes.find(({ shape }) => shape.join() === answer.shape.join())
  const { output, channels } = describeOutput(graph, answer, layout, part.output?.name)
  const classes = part.classes ?? classNames(channels)
  if (classes.length !== channels)
    throw new AppError(
      'unsupported-model',
      `the network answers with ${channels} classes, its description names ${classes.length}`,
      'Name every class, in the order of the channels.',
    )
  const isFree = input.width === null || input.height === null
  const normalisation = type === 'uint8' ? { scale: 1 } : imageNet
  return {
    id: idOf(file),
    name: basename(file),
    source: type === 'uint8' ? file : `${file} (normalisation assumed: ImageNet)`,
    input: { ...input, multiple: isFree ? (ran?.multiple ?? 1) : 1, ...normalisation },
    output,
    classes,
    classMap: classes.includes('person') ? { person: 'person' } : {},
  }
}

/**
 * Reads an `.onnx` file. What `part` of a description does not say is found out from the graph and
 * one run on a grey picture. Throws `bad-model` for a broken file and `unsupported-model` for a
 * network that is no segmentation of one image.
 */
export async function importOnnx(
  file: string,
  part: DescriptionPart,
  probe: ProbeModel,
): Promise<ImportedModel> {
  const { graph, bytes } = await readOnnx(file)
  return { description: await inferDescription(graph, file, probe, part), network: bytes }
}
