/** @file The painted frames of a project, as a training takes them. */
import { AppError } from '../../shared/errors.ts'
import { backgroundIndex, ignoreIndex, type MaskClass, personIndexOf } from '../../shared/mask.ts'
import { listClasses } from '../db/classes.ts'
import { type FrameAt, type Label, listLabels } from '../db/masks.ts'
import type { Project } from '../db/project.ts'
import type { LabelledFrame } from '../train/types.ts'
import { labelInRecipe } from './labels.ts'
import { requireRecipe } from './project-recipe.ts'

/** A painted frame and which version of its mask it is. */
export interface PaintedFrame extends LabelledFrame {
  sha256: string
  geometryHash: string
}

export interface TrainingLabels {
  /** By tape and frame; their masks hold channels, not the project's class indices. */
  frames: PaintedFrame[]
  /** Names of the network's classes in channel order: background, then those that were painted. */
  classes: string[]
}

/** `frame 12` or, in a project of several tapes, `frame 12 of tape 2`. */
export function frameName({ source, frame }: FrameAt, tapes: number): string {
  return tapes > 1 ? `frame ${frame} of tape ${source}` : `frame ${frame}`
}

function painted(project: Project, label: Label): PaintedFrame {
  const { width, height } = requireRecipe(project).recipe.size
  const mask = labelInRecipe(project, label)
  if (mask?.width === width && mask.height === height)
    return { ...label, mask: Uint8Array.from(mask.data) }
  throw new AppError(
    'mask-size-differs',
    `the label of frame ${label.frame} is ${mask?.width ?? 0}x${mask?.height ?? 0}, the picture is ${width}x${height}`,
    'Import or paint the label of this frame again.',
  )
}

/** Which values occur in the masks. */
function valuesIn(frames: readonly LabelledFrame[]): Uint8Array {
  const seen = new Uint8Array(256)
  for (const { mask } of frames) for (const value of mask) seen[value] = 1
  return seen
}

function checkKnown(frames: readonly LabelledFrame[], classes: readonly MaskClass[]): void {
  const known = new Uint8Array(256)
  for (const { index } of [...classes, { index: ignoreIndex }]) known[index] = 1
  for (const { frame, mask } of frames) {
    const value = mask.find((each) => !known[each])
    if (value === undefined) continue
    throw new AppError(
      'bad-mask',
      `the label of frame ${frame} holds class ${value}, which the project does not have`,
      'Import or paint the label of this frame again.',
    )
  }
}

const paintHint =
  'Paint people in 5 to 20 frames, or import masks with `maskbench labels import`; ' +
  '`maskbench labels suggest` proposes frames.'

function checkBothSides(frames: number, hasBackground: boolean, hasPerson: boolean): void {
  if (hasBackground && hasPerson) return
  throw new AppError(
    'one-class',
    hasPerson
      ? `the ${frames} labelled frames show nothing but people; background was expected too`
      : `none of the ${frames} labelled frames shows a person`,
    hasPerson ? 'Paint the people alone.' : paintHint,
  )
}

/** Makes sure that a set of frames can teach what a person is and what is none. */
export function checkTeaches(frames: readonly LabelledFrame[], classes: readonly string[]): void {
  const seen = valuesIn(frames)
  checkBothSides(frames.length, seen[0] === 1, seen[classes.indexOf('person')] === 1)
}

/**
 * The labels of all tapes in the pixels of the recipe in use. Frames on which everything is to be
 * ignored are left out. The network's person class is called 'person' whatever the project calls it.
 * @throws AppError `no-labels`, `one-class`, `mask-size-differs`, `bad-mask`
 */
export function trainingLabels(project: Project): TrainingLabels {
  const all = listLabels(project).map((label) => painted(project, label))
  const frames = all.filter(({ mask }) => mask.some((value) => value !== ignoreIndex))
  if (frames.length === 0)
    throw new AppError(
      'no-labels',
      all.length === 0
        ? 'the project has no labels to learn from'
        : `everything in the ${all.length} labelled frames is to be ignored`,
      paintHint,
    )
  const known = listClasses(project)
  checkKnown(frames, known)
  const seen = valuesIn(frames)
  const person = personIndexOf(known)
  checkBothSides(frames.length, seen[backgroundIndex] === 1, seen[person] === 1)
  const used = known.filter(({ index }) => seen[index])
  const channelOf = new Uint8Array(256).fill(ignoreIndex)
  for (const [channel, { index }] of used.entries()) channelOf[index] = channel
  for (const { mask } of frames)
    for (const [at, value] of mask.entries()) mask[at] = channelOf[value] ?? ignoreIndex
  return {
    frames,
    classes: used.map(({ index, name }) => (index === person ? 'person' : name)),
  }
}
