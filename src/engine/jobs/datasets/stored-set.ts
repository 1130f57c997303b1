/** @file Image sets of a project in the form between formats. */
import { ignoreIndex, type MaskClass } from '../../../shared/mask.ts'
import type { LongWork } from '../../../shared/progress.ts'
import { listClasses, listClassParents } from '../../db/classes.ts'
import type { Project } from '../../db/handle.ts'
import { loadObjects } from '../../db/image-objects.ts'
import { type ImageSet, listImages, pictureOf, type StoredImage } from '../../db/image-sets.ts'
import { loadMask } from '../../db/masks.ts'
import type { AnnotatedImage, AnnotatedSet } from '../../formats/annotated-set.ts'
import { takeTurns } from '../../take-turns.ts'

/** Position of each class index; 255 stays "ignore". */
function positionsOf(classes: readonly MaskClass[]): Uint8Array {
  const positions = new Uint8Array(ignoreIndex + 1)
  for (const [position, { index }] of classes.entries()) positions[index] = position
  positions[ignoreIndex] = ignoreIndex
  return positions
}

function imageOf(
  project: Project,
  set: ImageSet,
  stored: StoredImage,
  positions: Uint8Array,
): AnnotatedImage {
  const { name, width, height, split, scene, annotated } = stored
  const at = { source: set.id, frame: stored.position }
  const label = loadMask(project, at)?.mask
  const objects = loadObjects(project, at).map((each) => ({
    ...each,
    classIndex: positions[each.classIndex] ?? 0,
  }))
  const mask = label ? { ...label, data: label.data.map((value) => positions[value] ?? 0) } : null
  const file = pictureOf(project, stored)
  const isAnnotated = annotated || mask !== null
  return { name, file, width, height, split, scene, annotated: isAnnotated, objects, mask }
}

/** Images as the project has them now; of several sets the names begin with that of the set. */
export function storedSet(project: Project, sets: readonly ImageSet[]): AnnotatedSet {
  const classes = listClasses(project)
  const parents = listClassParents(project)
  const positions = positionsOf(classes)
  const names = sets.map(({ name, id }) =>
    sets.some((other) => other.name === name && other.id !== id) ? `${name} ${id}` : name,
  )
  async function* read({ signal }: LongWork) {
    const rest = takeTurns(signal, 'reading the set')
    for (const [i, set] of sets.entries())
      for (const stored of listImages(project, set.id)) {
        await rest()
        const image = imageOf(project, set, stored, positions)
        yield sets.length > 1 ? { ...image, name: `${names[i]}/${image.name}` } : image
      }
  }
  return {
    classes: classes.map(({ index, name, colour }) => ({
      ...{ name, colour },
      parent: parents.get(index) ?? null,
    })),
    count: sets.reduce((sum, { images }) => sum + images, 0),
    read,
  }
}
