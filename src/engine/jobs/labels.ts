/** @file Labels in and out of a project. */
import { parseFrameList } from '../../shared/frame-list.ts'
import type { LongWork } from '../../shared/progress.ts'
import { listClasses } from '../db/classes.ts'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { type Label, listLabels, loadMask, saveMask } from '../db/masks.ts'
import type { Project } from '../db/project.ts'
import { recipeByHash } from '../db/recipes.ts'
import type { Source } from '../db/sources.ts'
import type { MaskEncoding } from '../formats/mask-encoding.ts'
import { writeMasks } from '../formats/mask-folder.ts'
import { parseMaskMap } from '../formats/mask-map.ts'
import type { SkippedFile } from '../labels/mask-names.ts'
import { findMasks, readMasks } from '../labels/read-masks.ts'
import { rewarpNearest } from '../preprocess/warp-mask.ts'
import { loggedJob } from './logged-job.ts'
import { maskGeometry } from './mask-geometry.ts'
import { requireRecipe } from './project-recipe.ts'

/** What the user says about mask files. */
export interface MaskWords {
  /** A folder of masks, or one mask. */
  masks: string
  frames?: string | undefined
  encoding?: MaskEncoding | undefined
  /** `170=ignore`, each. */
  map?: readonly string[] | undefined
}

/** The mask files for a tape, and how they are read. */
export async function openMasks(project: Project, source: Source, words: MaskWords) {
  const { files } = loadFrameIndex(project, source)
  const tape = { frames: source.frames, files }
  const wanted = words.frames === undefined ? null : parseFrameList(words.frames, source.frames)
  const classes = listClasses(project)
  const map = parseMaskMap(words.map ?? [], classes)
  const found = await findMasks(words.masks, tape, wanted)
  const reading = { classes, encoding: words.encoding, map }
  return {
    skipped: found.skipped,
    masks: (work: LongWork) => readMasks(found, reading, maskGeometry(project, source), work),
  }
}

export interface ImportedLabels {
  imported: number
  /** Names of the classes that occur in the imported masks. */
  classes: string[]
  skipped: SkippedFile[]
}

/**
 * Takes masks as labels of a tape: all of them, or none when one cannot be read.
 * @throws AppError what reading masks can throw
 */
export function importLabels(
  project: Project,
  source: Source,
  words: MaskWords,
  work: LongWork,
): Promise<ImportedLabels> {
  return loggedJob(project, 'import', { ...words, source: source.id }, work, async (inner) => {
    const { masks, skipped } = await openMasks(project, source, words)
    const { geometryHash } = requireRecipe(project)
    const seen = new Uint8Array(256)
    // All are read once before the first is stored, one at a time: there may be thousands.
    for await (const { mask } of masks(inner)) for (const index of mask.data) seen[index] = 1
    let imported = 0
    for await (const { frame, mask } of masks({ signal: inner.signal })) {
      saveMask(project, { source: source.id, frame }, mask, geometryHash)
      imported += 1
    }
    const classes = listClasses(project).filter(({ index }) => seen[index])
    return { imported, classes: classes.map(({ name }) => name), skipped }
  })
}

/** A label in the pixels of the recipe in use, mapped from the recipe it was made in. */
export function labelInRecipe(project: Project, label: Label) {
  const { recipe, geometryHash } = requireRecipe(project)
  const mask = loadMask(project, label)?.mask
  const madeIn = recipeByHash(project, label.geometryHash)
  if (!mask || !madeIn || label.geometryHash === geometryHash) return mask
  return { ...recipe.size, data: rewarpNearest(mask.data, madeIn.recipe, recipe) }
}

/**
 * Writes the labels of a tape as PNG files, `000012.png`, in the pixels of the recipe in use;
 * returns how many. Existing files of these names are replaced, each as a whole.
 */
export function exportLabels(
  project: Project,
  source: Source,
  folder: string,
  work: LongWork,
): Promise<number> {
  const labels = listLabels(project).filter((label) => label.source === source.id)
  const { geometryHash } = requireRecipe(project)
  async function* masks() {
    for (const label of labels) {
      const mask = labelInRecipe(project, label)
      if (mask) yield { frame: label.frame, mask }
    }
  }
  const target = { folder, classes: listClasses(project), geometryHash, total: labels.length }
  return writeMasks(masks(), target, work)
}
