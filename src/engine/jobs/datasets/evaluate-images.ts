/** @file `evaluate` without `--truth`: a network against the masks of image sets. */
import { availableParallelism } from 'node:os'
import { AppError } from '../../../shared/errors.ts'
import type { ClassMask } from '../../../shared/mask.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { Size } from '../../../shared/recipe.ts'
import { listClasses } from '../../db/classes.ts'
import type { Project } from '../../db/handle.ts'
import { type ImageSet, listImages, pictureOf } from '../../db/image-sets.ts'
import { type FrameAt, latestVersion, loadMask } from '../../db/masks.ts'
import type { Engine } from '../../engine.ts'
import type { BoundaryOptions } from '../../metrics/boundary-scores.ts'
import {
  isSameSize,
  type MaskScorer,
  type MaskScores,
  maskScorer,
  sizeText,
} from '../../metrics/mask-scores.ts'
import type { ObjectOptions } from '../../metrics/object-scores.ts'
import type { StoredModel } from '../../models/types.ts'
import { indexOfClass } from '../compared-classes.ts'
import { activeModelId, modelById } from '../networks.ts'
import { chooseSets } from './choose-sets.ts'
import { requireGeneral, segmentEach } from './segment-each.ts'

export interface EvaluateImagesOptions {
  /** Id of an image set; by default all of them. */
  set?: number | undefined
  /** Only the images of this part, such as `val`. */
  split?: string | undefined
  /** Id of the network; by default the active one. */
  model?: string | undefined
  /** The network itself, where it is none of the project's. */
  network?: StoredModel | undefined
  /** Size of the network's input; by default what it was trained with, else near each picture's. */
  input?: Size | undefined
  device?: string | undefined
  threads?: number | undefined
  allowOtherGeometry?: boolean | undefined
  boundary?: BoundaryOptions | undefined
  /** Names of the classes whose objects are compared. */
  objects?: ({ classes: readonly string[] } & ObjectOptions) | undefined
}

/** An image with a mask that is in no score. */
export interface UnscoredImage {
  name: string
  why: string
}

export interface ImageEvaluation extends MaskScores {
  model: string
  device: string
  unscored: UnscoredImage[]
}

/** An image with a mask and a picture. */
interface Scorable extends Size {
  name: string
  at: FrameAt
  path: string
}

/**
 * The images of the sets that have a mask, as far as their pictures are there.
 * @throws AppError `no-truth` where none is
 */
export function imagesWithTruth(
  project: Project,
  sets: readonly ImageSet[],
  split: string | undefined,
) {
  const images: Scorable[] = []
  const unscored: UnscoredImage[] = []
  for (const set of sets)
    for (const image of listImages(project, set.id)) {
      const at = { source: set.id, frame: image.position }
      if (split !== undefined && image.split !== split) continue
      if (latestVersion(project, at) === 0) continue
      const path = pictureOf(project, image)
      if (path === null)
        unscored.push({ name: image.name, why: 'the set came without its picture' })
      else images.push({ name: image.name, at, path, width: image.width, height: image.height })
    }
  if (images.length > 0) return { images, unscored }
  const part = split === undefined ? '' : ` in the part ${JSON.stringify(split)}`
  throw new AppError(
    'no-truth',
    `no image${part} of ${sets.map(({ name }) => name).join(', ')} has both a mask and a picture`,
    'See which have one with `maskbench dataset stats`.',
  )
}

/** @throws AppError `other-geometry` for a network that knows a camera's pictures and no others */
async function networkForImages(
  engine: Engine,
  { model, network: given, allowOtherGeometry }: EvaluateImagesOptions,
): Promise<StoredModel> {
  const network = given ?? (await modelById(engine, model ?? activeModelId(engine)))
  const hint = 'Use a general network, or say --allow-other-geometry if you know that it fits.'
  if (!allowOtherGeometry)
    requireGeneral(network.description, { called: network.description.id, hint })
  return network
}

/** Adds a prediction to the scores, or says why it cannot be. */
function score(
  project: Project,
  scorer: MaskScorer,
  { name, at }: Scorable,
  predicted: ClassMask,
): string | null {
  const truth = loadMask(project, at)?.mask
  if (!truth) return 'its mask is gone'
  if (!isSameSize(truth, predicted))
    return `its mask is ${sizeText(truth)}, its picture ${sizeText(predicted)}`
  scorer.add({ name, truth, predicted })
  return null
}

/**
 * Lets a network look at every image that has a mask, and scores what it says; an image at a time.
 * Whether it has learnt from them is for the caller to know: choose the part that it has not.
 *
 * @throws AppError `no-such-dataset`, `no-truth`, `no-such-model`, `other-geometry`; `bad-value` for
 * objects of a class that does not exist; what running the network throws; `cancelled`
 */
export async function evaluateImages(
  engine: Engine,
  options: EvaluateImagesOptions,
  work: LongWork,
): Promise<ImageEvaluation> {
  const { project } = engine
  const { boundary, input, device = 'auto', threads = availableParallelism() } = options
  const classes = listClasses(project)
  const objects = options.objects && {
    ...options.objects,
    classes: options.objects.classes.map((name) => indexOfClass(name, classes)),
  }
  const { images, unscored } = imagesWithTruth(
    project,
    chooseSets(project, options.set),
    options.split,
  )
  const { folder: modelFolder, description } = await networkForImages(engine, options)
  const scorer = maskScorer({ boundary, objects })
  const network = { modelFolder, input, device, threads }
  const { device: used, left } = await segmentEach(engine, images, network, work, (image, seen) =>
    score(project, scorer, image, seen),
  )
  unscored.push(...left.map(({ item, why }) => ({ name: item.name, why })))
  return { ...scorer.result(classes), model: description.id, device: used, unscored }
}
