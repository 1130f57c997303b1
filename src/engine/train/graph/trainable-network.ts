/** @file From a base network to the one that is trained: its classes, its scene adapter, its parameters. */
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { readJson } from '../../formats/json.ts'
import { replaceLastLayer } from '../../models/last-layer.ts'
import { descriptionFile, networkFile } from '../../models/model-folder.ts'
import { type ModelDescription, modelDescriptionSchema } from '../../models/types.ts'
import { prune } from '../../onnx/edit.ts'
import { readOnnx } from '../../onnx/file.ts'
import type { Graph } from '../../onnx/graph.ts'
import { mergePointwise } from '../../onnx/merge-pointwise.ts'
import { toOwnOpset } from '../../onnx/own-opset.ts'
import { splitConcat } from '../../onnx/split-concat.ts'
import { floatsOf } from '../../onnx/tensor.ts'
import { adaptToScene } from '../scene/adapt-to-scene.ts'
import { isSceneConstant } from '../scene/scene-adapter.ts'
import type { TrainRequest } from '../types.ts'
import { chooseParameters } from './choose-parameters.ts'
import { trainableWeights } from './parameters.ts'

export type RateGroup = 'old' | 'new'

/** A weight that training changes; its data is changed in place. */
export interface Parameter {
  name: string
  data: Float32Array
  group: RateGroup
}

export interface TrainableNetwork {
  /** Of the new network. */
  description: ModelDescription
  /** From the picture to logits of the new classes; its sizes may be free. */
  graph: Graph
  /** Where the loss looks, and how much it counts there; the network's own output first. */
  logits: readonly { name: string; weight: number }[]
  parameters: readonly Parameter[]
  /** Names of the weights of the last layer. */
  head: readonly string[]
}

/** What the zoo's networks call the answer of their auxiliary head. */
const auxiliaryOutput = 'auxiliary_logits'

/** For each new class the channel of the base network that it starts from. */
function startRows({ classes, classMap, settings }: TrainRequest, base: ModelDescription) {
  return classes.map((name) => {
    const from = classMap[name] ?? null
    if (from === null || settings.head === 'random') return null
    const row = base.classes.indexOf(from)
    if (row >= 0) return row
    throw new AppError(
      'bad-value',
      `the class ${name} was to start from ${from}, which ${base.id} does not know`,
      `It knows ${base.classes.join(', ')}.`,
    )
  })
}

/** What model.json says of the new network, before it is known how its training went. */
function describe(request: TrainRequest, base: ModelDescription): ModelDescription {
  const { classes, geometryHash, model, settings } = request
  const fixed = settings.adapter ? settings.input : {}
  // The adapter's answer is finer than the base's.
  const stride = settings.adapter ? null : base.output.stride
  return {
    ...base,
    ...model,
    parent: base.id,
    input: { ...base.input, ...fixed },
    output: { ...base.output, kind: 'logits', stride },
    classes: [...classes],
    classMap: Object.fromEntries(classes.map((name) => [name, name])),
    geometryHash,
    training: null,
  }
}

/**
 * Linear steps in their cheaper order, in which they are trained as well: a tenth of the products of
 * the built-in network's trained part. Only where no layer is asked for by the name of its weights.
 */
function simplify(graph: Graph): void {
  splitConcat(graph)
  mergePointwise(graph)
}

/** The adapter's background has one size. */
function checkScales({ scales }: TrainRequest['settings']): void {
  if (scales.some((scale) => scale !== 1))
    throw new AppError(
      'bad-value',
      'several sizes of the input were asked for, the scene adapter has one',
      'Train all layers for that.',
    )
}

/**
 * Reads the base network and makes of it what is to be trained. `background` is the picture of the
 * empty scene, which the adapter needs.
 *
 * @throws AppError `unsupported-model` for a network without a last layer or without parameters there;
 *   `bad-value` for classes, a layer or features that it does not have.
 */
export async function trainableNetwork(
  request: TrainRequest,
  background: Uint8Array | null,
): Promise<TrainableNetwork> {
  const { modelFolder, settings, classes } = request
  const base = await readJson(join(modelFolder, descriptionFile), modelDescriptionSchema)
  const { graph } = await readOnnx(join(modelFolder, networkFile))
  toOwnOpset(graph)
  if (settings.adapter) {
    checkScales(settings)
    simplify(graph)
  }
  const auxiliary =
    settings.auxiliary > 0 && graph.outputs.some(({ name }) => name === auxiliaryOutput)
  const outputs = [base.output.name, ...(auxiliary ? [auxiliaryOutput] : [])]
  const rows = startRows(request, base)
  const { layout } = base.output
  const options = { classes: classes.length, rows, seed: settings.seed, outputs, layout }
  const head = replaceLastLayer(graph, options)
  prune(graph)
  const description = describe(request, base)
  const trainable = trainableWeights(graph).filter((name) => !isSceneConstant(name))
  const added = settings.adapter ? await adaptToScene(graph, description, request, background) : []
  const anew = new Set([...(rows.includes(null) ? head : []), ...added])
  const names = chooseParameters(graph, settings, {
    trainable,
    head,
    added,
    middle: base.features?.middle ?? null,
  })
  const parameters = names.map((name): Parameter => {
    const data = Float32Array.from(floatsOf(requireWeight(graph, name), name))
    return { name, data, group: anew.has(name) ? 'new' : 'old' }
  })
  // The adapter drops the auxiliary head.
  const logits = graph.outputs.map(({ name }) => {
    return { name, weight: name === base.output.name ? 1 : settings.auxiliary }
  })
  return { description, graph, logits, parameters, head }
}

function requireWeight(graph: Graph, name: string) {
  const weight = graph.weights.get(name)
  if (weight) return weight
  throw new AppError('internal', `the network has no weight '${name}'`)
}
