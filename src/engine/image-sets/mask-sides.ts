/** @file The two sides of a comparison of masks, and which masks of theirs belong together. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { MaskSide } from '../../shared/contract/datasets.ts'
import type { ClassMask } from '../../shared/mask.ts'
import type { Project } from '../db/handle.ts'
import { imageLabels } from '../db/image-labels.ts'
import { listImages } from '../db/image-sets.ts'
import { loadMask } from '../db/masks.ts'
import { all } from '../db/rows.ts'

/** The mask of a picture on one side. */
export interface SideMask {
  set: number
  /** Of the picture in its set. */
  position: number
  name: string
  version: number
  sha256: string
}

const firstRow = z.object({ frame: z.int(), version: z.int(), sha256: z.string() })

/** What was there when the set was imported: the first version, unless that was painted later. */
function importedLabels({ db }: Project, set: number) {
  const labels = all(
    db,
    firstRow,
    `SELECT mask.frame AS frame, version, mask.sha256 AS sha256 FROM mask
     JOIN image ON image.source_id = mask.source_id AND position = mask.frame
     WHERE mask.source_id = ? AND version = 1 AND pixels IS NOT NULL AND annotated = 1`,
    set,
  )
  return new Map(labels.map((label) => [label.frame, label]))
}

/** The masks of a side, in the order of the set. */
export function masksOfSide(project: Project, { set, masks }: MaskSide): SideMask[] {
  const labels = masks === 'now' ? imageLabels(project, set) : importedLabels(project, set)
  return listImages(project, set).flatMap(({ position, name }) => {
    const label = labels.get(position)
    if (!label) return []
    return [{ set, position, name, version: label.version, sha256: label.sha256 }]
  })
}

/** The same text as long as the masks are the same. */
export function fingerprintOf(masks: readonly SideMask[]): string {
  const hash = createHash('sha256')
  for (const { position, sha256 } of masks) hash.update(`${position} ${sha256}\n`)
  return hash.digest('hex')
}

/** A picture's name without its ending: predictions are often of another kind of file. */
const stemOf = (name: string): string => name.replace(/\.[^./]+$/, '')

/** Says which mask of the other side belongs to one: the same picture's, or that of its name. */
export function partnersAmong(masks: readonly SideMask[]) {
  const byPosition = new Map(masks.map((mask) => [`${mask.set} ${mask.position}`, mask]))
  const byName = new Map(masks.map((mask) => [stemOf(mask.name), mask]))
  return ({ set, position, name }: SideMask): SideMask | undefined =>
    byPosition.get(`${set} ${position}`) ?? byName.get(stemOf(name))
}

export function pixelsOfSide(project: Project, { set, position, version }: SideMask) {
  return loadMask(project, { source: set, frame: position }, version)?.mask satisfies
    | ClassMask
    | undefined
}
