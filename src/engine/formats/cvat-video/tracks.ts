/** @file Things of a recording as CVAT's tracks, which come one after another, each with its frames. */
import type { Size } from '../../../shared/recipe.ts'
import type { SetObject } from '../annotated-set.ts'
import { layersOf, shapeOf } from '../cvat/write-shape.ts'
import { openingTag, writeElement } from '../xml-write.ts'

/** A shape of a track at a frame. */
interface Place {
  frame: number
  type: string
  attributes: Readonly<Record<string, string | number>>
}

export interface Tracks {
  /** Takes the objects of a frame; frames come in ascending order. */
  add(objects: readonly SetObject[], size: Size, frame: number): void
  /** The tracks as text, in the order in which they begin; the recording has `frames` frames. */
  write(frames: number, labels: readonly string[]): Generator<string>
}

/** Masks are tracks of one frame each: CVAT does not read them otherwise. */
function keyOf({ track, classIndex }: SetObject, type: string, count: number): string {
  return track === null || type === 'mask' ? `alone ${count}` : `${track} ${classIndex} ${type}`
}

function element(place: Place, frame: number, isOutside: boolean): string {
  const at = { frame, keyframe: 1, outside: Number(isOutside), occluded: 0 }
  const attributes = { ...at, ...place.attributes }
  return writeElement({ name: place.type, attributes, children: [] }, 2)
}

/** Every place of a track, and that it is gone where it is not in the next frame. */
function* elementsOf(places: readonly Place[], frames: number): Generator<string> {
  for (const [i, place] of places.entries()) {
    yield element(place, place.frame, false)
    const next = place.frame + 1
    if (places[i + 1]?.frame !== next && next < frames) yield element(place, next, true)
  }
}

export function collectTracks(): Tracks {
  const tracks = new Map<string, { classIndex: number; places: Place[] }>()
  let count = 0
  return {
    add(objects, size, frame) {
      const seen = objects.filter(({ raster }) => raster.data.includes(1))
      const layers = layersOf(seen)
      for (const [i, object] of seen.entries()) {
        const { name: type, attributes } = shapeOf(object, size)
        const own = keyOf(object, type, count)
        // Two things of one track in one picture: the second is alone.
        const isTaken = tracks.get(own)?.places.at(-1)?.frame === frame
        const key = isTaken ? `alone ${count}` : own
        const { classIndex } = object
        const track = tracks.get(key) ?? { classIndex, places: [] }
        tracks.set(key, track)
        track.places.push({ frame, type, attributes: { ...attributes, z_order: layers[i] ?? 0 } })
        count++
      }
    },
    *write(frames, labels) {
      for (const [id, { classIndex, places }] of [...tracks.values()].entries()) {
        const attributes = { id, label: labels[classIndex] ?? '', source: 'file' }
        yield `  ${openingTag({ name: 'track', attributes })}\n`
        yield* elementsOf(places, frames)
        yield '  </track>\n'
      }
    },
  }
}
