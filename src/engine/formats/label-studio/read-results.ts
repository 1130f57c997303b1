/** @file The results of a task as objects, and what of them cannot be taken. */
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage } from '../annotated-set.ts'
import { paintedPicture } from '../painted-shapes.ts'
import { problemOf } from '../problem-of.ts'
import { objectOf } from '../shapes/compose.ts'
import { drawRegion, kindOfValue, type RegionKind, regionKinds } from './regions.ts'
import { type Result, readResult } from './task.ts'

/** A region with its label. */
export interface LabelledRegion {
  kind: RegionKind
  label: string
  value: Result['value']
}

export interface ReadResults {
  regions: LabelledRegion[]
  /** As the results give it; null where none does. */
  size: Size | null
  /** One sentence each. */
  problems: string[]
}

const kindOfType: ReadonlyMap<string, RegionKind> = new Map(
  regionKinds.flatMap((kind) => [
    [`${kind}labels`, kind],
    [kind, kind],
  ]),
)

/** Labels of a result: in a field that is called as its type. */
function labelsOf({ type, value }: Result): string[] {
  const labels = value[type.toLowerCase()]
  return Array.isArray(labels) ? labels.filter((label) => typeof label === 'string') : []
}

/**
 * The region of a result. A `<Brush>` with `<Labels>` gives two results of one id: the region, and
 * again with its labels; the one with labels is taken.
 */
function regionOf(result: Result, labelled: ReadonlySet<string>): LabelledRegion | string | null {
  const type = result.type.toLowerCase()
  const kind = type === 'labels' ? kindOfValue(result.value) : kindOfType.get(type)
  if (!kind) return null
  const [label, ...more] = labelsOf(result)
  if (label === undefined)
    return labelled.has(result.id ?? '') ? null : `a ${kind} without a label left out`
  if (more.length > 0) return `a ${kind} with the labels ${[label, ...more].join(', ')} left out`
  return { kind, label, value: result.value }
}

/** `2 choices, 1 keypointlabels`: types of results that mark no pixels. */
function countTypes(types: readonly string[]): string {
  return [...new Set(types)]
    .map((type) => `${types.filter((other) => other === type).length} ${type}`)
    .join(', ')
}

function sizeOf(results: readonly Result[]): Size | null {
  const sized = results.find((result) => result.original_width && result.original_height)
  if (!sized) return null
  return { width: sized.original_width ?? 0, height: sized.original_height ?? 0 }
}

function parsed(items: readonly unknown[], problems: string[]): Result[] {
  return items.flatMap((item) => {
    const isRelation = typeof item === 'object' && item !== null && !('value' in item)
    if (isRelation) return []
    try {
      return [readResult(item)]
    } catch (error) {
      problems.push(problemOf(error))
      return []
    }
  })
}

/** The regions of an annotation that cover pixels. */
export function readResults(items: readonly unknown[]): ReadResults {
  const problems: string[] = []
  const results = parsed(items, problems)
  const labelled = new Set(results.filter((r) => labelsOf(r).length > 0).map(({ id }) => id ?? ''))
  const regions: LabelledRegion[] = []
  const others: string[] = []
  for (const result of results) {
    const turnedBy = result.image_rotation ?? 0
    const region = regionOf(result, labelled)
    if (region === null) {
      const isDouble = kindOfType.has(result.type.toLowerCase())
      if (!isDouble) others.push(result.type)
    } else if (typeof region === 'string') problems.push(region)
    else if (turnedBy % 360 !== 0)
      problems.push(
        `a ${region.kind} left out: it was marked with the picture turned by ${turnedBy}°`,
      )
    else regions.push(region)
  }
  if (others.length > 0) problems.push(`${countTypes(others)} left out: they mark no pixels`)
  return { regions, size: sizeOf(results), problems }
}

/** Regions as objects, in their order. Where a label is called background, the mask tells what it covers. */
export function drawRegions(
  regions: readonly LabelledRegion[],
  size: Size,
  indexOf: ReadonlyMap<string, number>,
): Pick<AnnotatedImage, 'objects' | 'mask'> & { problems: string[] } {
  const problems: string[] = []
  const objects = regions.flatMap(({ kind, label, value }) => {
    try {
      const { raster, ...region } = drawRegion(kind, value, size)
      if (raster.data.length > 0) return [objectOf(indexOf.get(label) ?? 0, raster, region)]
      problems.push(`a ${kind} of '${label}' left out: it covers no pixel of the picture`)
    } catch (error) {
      problems.push(`a ${kind} of '${label}' left out: ${problemOf(error)}`)
    }
    return []
  })
  const painted = objects.map((object) => ({ object, group: null }))
  return { ...paintedPicture(painted, size), problems }
}
