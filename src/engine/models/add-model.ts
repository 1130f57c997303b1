/** @file Adds an `.onnx` network of any origin to a project. */
import { basename, extname } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { checkValue, readJson } from '../formats/json.ts'
import { type ProbeModel, probeModel } from '../infer/probe-model.ts'
import { readOnnx } from '../onnx/file.ts'
import type { Graph } from '../onnx/graph.ts'
import { builtInId } from './built-in.ts'
import { describeInput, probeShapes } from './describe-input.ts'
import { describeOutput } from './describe-output.ts'
import { modelInFolder, writeModelFolder } from './model-folder.ts'
import { projectModelFolder } from './model-store.ts'
import { type ModelDescription, modelDescriptionSchema, type StoredModel } from './types.ts'
import { vocClasses } from './voc.ts'
import { imageNet } from './zoo/image-net.ts'

export interface AddOptions {
  /** A JSON file with any part of a description; the rest is taken from the network. */
  description?: string | undefined
  /** How the network is run once; by default in this process. */
  probe?: ProbeModel | undefined
}

/** Any part of a description, before it is checked as a whole. */
const partSchema = z.looseObject({
  id: z.string().optional(),
  input: z.record(z.string(), z.unknown()).optional(),
  output: z.looseObject({ name: z.string().optional() }).optional(),
  classes: z.array(z.string()).optional(),
})

type DescriptionPart = z.infer<typeof partSchema>

/** A file's name as an id. */
function idOf(file: string): string {
  const name = basename(file, extname(file)).toLowerCase()
  return name.replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+/, '') || 'network'
}

/** Names for classes that nobody has named. */
function classNames(channels: number): string[] {
  if (channels === 1) return ['person']
  if (channels === 2) return ['background', 'person']
  if (channels === vocClasses.length) return [...vocClasses]
  return Array.from({ length: channels }, (_, i) => `class${i}`)
}

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

/** Descriptions must say which class a person is: it is what everything counts. */
function requirePerson(description: ModelDescription): void {
  const { classes, classMap } = description
  if (classes.some((name) => classMap[name] === 'person')) return
  throw new AppError(
    'unsupported-model',
    `none of the network's classes stands for a person: ${classes.slice(0, 10).join(', ')}`,
    'Give a description (--description FILE) with {"classMap": {"NAME": "person"}}.',
  )
}

/**
 * Adds a segmentation network to a project. What the description file does not say is found out
 * from the network's graph and one run on a grey picture.
 * Throws `bad-model` for a broken file, `unsupported-model` for a network that is no segmentation
 * of one image, `bad-json` and `bad-value` for the description, `file-exists` when there is a
 * network of that id.
 */
export async function addModel(
  projectFolder: string,
  onnxFile: string,
  { description: descriptionFile, probe = probeModel }: AddOptions = {},
): Promise<StoredModel> {
  const { graph, bytes } = await readOnnx(onnxFile)
  const part = descriptionFile === undefined ? {} : await readJson(descriptionFile, partSchema)
  const inferred = await inferDescription(graph, onnxFile, probe, part)
  const whole = {
    ...inferred,
    ...part,
    input: { ...inferred.input, ...part.input },
    output: { ...inferred.output, ...part.output },
  }
  const description = checkValue(whole, descriptionFile ?? onnxFile, modelDescriptionSchema)
  requirePerson(description)
  const folder = projectModelFolder(projectFolder, description.id)
  if (description.id === builtInId || (await modelInFolder(folder, 'project')))
    throw new AppError(
      'file-exists',
      `there is a network '${description.id}' already`,
      'Give the new one another id in its description.',
    )
  return writeModelFolder(folder, 'project', { description, network: bytes })
}
