/** @file The tracks of a "CVAT for video" file, and what of them is in each frame. */
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { problemOf } from '../problem-of.ts'
import type { XmlElement } from '../xml.ts'
import { rootChildren } from '../xml-parts.ts'
import { shapeAt, sortTrack, type TrackedShape } from './interpolate.ts'
import type { LabelledShape } from './read-objects.ts'
import { attributesBy, isAreaType, readShape, wholeText } from './shapes.ts'

export interface Track {
  label: string
  /** Position among the tracks of the file. */
  number: number
  /** As the file names it, for problems. */
  id: string
  /** `task_id` in exports of a project. */
  task: string | null
  shapes: TrackedShape[]
}

const placeSchema = z.object({
  frame: wholeText,
  outside: z.enum(['0', '1']).default('0'),
})

function readTrackedShape(element: XmlElement): TrackedShape[] {
  if (!isAreaType(element.name)) return []
  const { frame, outside } = attributesBy(element, placeSchema)
  return [{ ...readShape(element, element.name), frame, isOutside: outside === '1' }]
}

function readTrack(element: XmlElement, number: number): Track {
  const { id = String(number), label, task_id = null } = element.attributes
  if (!label)
    throw new AppError('bad-dataset', 'it has no label', 'Export the annotations from CVAT again.')
  const shapes = sortTrack(element.children.flatMap(readTrackedShape))
  return { label, number, id, task: task_id, shapes }
}

/** The tracks of a file that can be taken, and one problem for each that cannot. */
export interface ReadTracks {
  tracks: Track[]
  problems: string[]
}

/** All tracks of a file. Throws `bad-dataset` when it is not well-formed. */
export function readTracks(text: string, file: string): ReadTracks {
  const tracks: Track[] = []
  const problems: string[] = []
  let number = 0
  for (const element of rootChildren(text, file)) {
    if (element.name !== 'track') continue
    try {
      const track = readTrack(element, number)
      if (track.shapes.length > 0) tracks.push(track)
      else problems.push(`track ${track.id} left out: it marks no pixels, only places`)
    } catch (error) {
      const id = element.attributes.id ?? String(number)
      problems.push(`track ${id} left out: ${problemOf(error)}`)
    }
    number++
  }
  return { tracks, problems }
}

/** The frame from which on nothing is to be expected of a track. */
function endOf({ shapes }: Track): number {
  const last = shapes.at(-1)
  if (!last) return 0
  return last.isOutside || last.type === 'mask' ? last.frame + 1 : Number.POSITIVE_INFINITY
}

/**
 * What is in each frame. Frames are asked for in ascending order, so that tracks are looked at from
 * their first frame to their last only: exports have a track for every mask.
 */
export function shapesByFrame(tracks: readonly Track[]): (frame: number) => LabelledShape[] {
  const firstOf = ({ shapes }: Track): number => shapes[0]?.frame ?? 0
  const waiting = tracks.toSorted((a, b) => firstOf(b) - firstOf(a) || b.number - a.number)
  let active: Track[] = []
  return (frame) => {
    const before = active.length
    for (let next = waiting.at(-1); next && firstOf(next) <= frame; next = waiting.at(-1))
      active.push(...waiting.splice(-1))
    if (active.length > before) active.sort((a, b) => a.number - b.number)
    active = active.filter((track) => endOf(track) > frame)
    return active.flatMap(({ shapes, label, number }) => {
      const shape = shapeAt(shapes, frame)
      return shape ? [{ shape, label, track: number }] : []
    })
  }
}
