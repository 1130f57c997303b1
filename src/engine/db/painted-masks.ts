/** @file The mask of a frame as it is now: its latest version and the strokes since. */
import { inflateSync } from 'node:zlib'
import { AppError } from '../../shared/errors.ts'
import { backgroundIndex, type ClassMask } from '../../shared/mask.ts'
import { rewarpNearest } from '../preprocess/warp-mask.ts'
import { restoreHint } from './database-error.ts'
import { type Project, write } from './handle.ts'
import { deleteMask, type FrameAt, latestVersion, loadMask, saveMask } from './masks.ts'
import { recipeByHash } from './recipes.ts'
import { bytesOf } from './rows.ts'
import {
  dropStrokes,
  frameStrokes,
  framesWithStrokes,
  insertStroke,
  isKnownStroke,
  lastStroke,
  type PackedStroke,
  paintedPixels,
  type StoredStroke,
  type StrokeKey,
} from './strokes.ts'

/** A frame with more strokes than this is folded before it gets another one. */
const mostStrokes = 500

export interface PaintedMask {
  mask: ClassMask
  /** Of the recipe whose pixels these are, which may not be the one in use. */
  geometryHash: string
  /** Whether there is a version of it, or strokes alone. */
  isLabel: boolean
}

/**
 * A mask in the pixels of another recipe of the project. Always map from the original.
 * @throws AppError `project-damaged` when the project does not know one of the recipes
 */
export function maskThrough(
  project: Project,
  { mask, geometryHash }: Pick<PaintedMask, 'mask' | 'geometryHash'>,
  target: string,
): ClassMask {
  if (geometryHash === target) return mask
  const [from, to] = [geometryHash, target].map((hash) => recipeByHash(project, hash)?.recipe)
  if (from && to) return { ...to.size, data: rewarpNearest(mask.data, from, to) }
  throw new AppError('project-damaged', 'the recipe of a mask is not in the project', restoreHint)
}

function paint(mask: ClassMask, stroke: StoredStroke, frame: number): void {
  const { x, y, width, height, pixels } = stroke
  const data = bytesOf(inflateSync(pixels, { maxOutputLength: width * height }))
  if (data.length !== width * height)
    throw new AppError('project-damaged', `a stroke of frame ${frame} is damaged`, restoreHint)
  for (let row = 0; row < height; row++)
    mask.data.set(data.subarray(row * width, (row + 1) * width), (y + row) * mask.width + x)
}

/** The mask of a frame as it is now; undefined where it has neither a label nor strokes. */
export function paintedMask(project: Project, at: FrameAt): PaintedMask | undefined {
  const label = loadMask(project, at)
  const strokes = frameStrokes(project, at)
  const [first] = strokes
  if (!first) return label && { mask: label.mask, geometryHash: label.geometryHash, isLabel: true }
  const { maskWidth: width, maskHeight: height, geometryHash } = first
  const mask = label
    ? maskThrough(project, label, geometryHash)
    : { width, height, data: new Uint8Array(width * height).fill(backgroundIndex) }
  for (const stroke of strokes) paint(mask, stroke, at.frame)
  return { mask, geometryHash, isLabel: label !== undefined }
}

/** Whether there is nothing but background. */
export function isBackground({ data }: ClassMask): boolean {
  for (let i = 0; i < data.length; i++) if (data[i] !== backgroundIndex) return false
  return true
}

/**
 * Folds the strokes of a frame into a version of its mask and returns the label's version; 0 = it
 * has none. Painting that was all taken back makes no label where there was none.
 */
export function foldStrokes(project: Project, at: FrameAt): number {
  return write(project, (db) => {
    if (lastStroke(project, at)) {
      const painted = paintedMask(project, at)
      if (painted && (painted.isLabel || !isBackground(painted.mask)))
        saveMask(project, at, painted.mask, painted.geometryHash)
      dropStrokes(db, at)
    }
    return latestVersion(project, at)
  })
}

/** Folds the strokes of all frames: before labels are used for anything else than painting. */
export function foldAllStrokes(project: Project): void {
  if (project.mode === 'read') return
  for (const at of framesWithStrokes(project)) foldStrokes(project, at)
}

/** What became of a stroke: it was stored before, or is the first or a further one since the version. */
export type StrokeOutcome = 'known' | 'first' | 'further'

/**
 * Stores a stroke; it is on the disk when this returns. Strokes of a recipe that is no longer in use
 * are folded first, so that those of a frame are all of one picture.
 * @throws AppError as `insertStroke`; `disk-full`, and then nothing has changed
 */
export function addStroke(
  project: Project,
  at: FrameAt,
  stroke: PackedStroke & StrokeKey,
  paintedIn?: string,
): StrokeOutcome {
  return write(project, () => {
    if (isKnownStroke(project, stroke)) return 'known'
    const before = lastStroke(project, at)
    const isOld = before && before.geometryHash !== paintedPixels(project, at)?.geometryHash
    if (before && (isOld || before.strokes >= mostStrokes)) foldStrokes(project, at)
    insertStroke(project, at, stroke, paintedIn)
    return before ? 'further' : 'first'
  })
}

/**
 * Puts a mask in the place of what a frame has; what was there becomes an older version. Returns the
 * new one's number.
 */
export function replaceMask(
  project: Project,
  at: FrameAt,
  mask: ClassMask,
  geometryHash: string,
): number {
  return write(project, () => {
    foldStrokes(project, at)
    return saveMask(project, at, mask, geometryHash)
  })
}

/** Takes label and strokes off a frame; its versions stay. */
export function removeMask(project: Project, at: FrameAt): void {
  write(project, () => {
    foldStrokes(project, at)
    deleteMask(project, at)
  })
}
