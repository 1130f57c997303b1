/**
 * @file The form between all dataset formats: pictures with what is marked in them. Every format is
 * read into it and written from it, so that n formats need 2n parts and not n².
 */
import type { ClassMask } from '../../shared/mask.ts'
import type { LongWork } from '../../shared/progress.ts'

/** A class as a format names it. Its position in `AnnotatedSet.classes` is its index in masks. */
export interface SetClass {
  name: string
  /** `#rrggbb`; null where the format has no colours. */
  colour: string | null
  /** Name of the class above it (COCO: supercategory); null where there is none. */
  parent: string | null
}

/** Pixels of a picture within a rectangle: 1 where the object is. */
export interface Raster {
  /** Of the rectangle's first pixel in the picture. */
  x: number
  y: number
  width: number
  height: number
  /** `[height, width]`, 0 or 1. */
  data: Uint8Array
}

/** A rectangle in pixels of the picture, not rounded. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** One thing that is marked in a picture. */
export interface SetObject {
  /** Position in `AnnotatedSet.classes`. */
  classIndex: number
  /** The pixels that it covers, drawn as the tool of its format draws them. */
  raster: Raster
  /** Only a rectangle was marked: the raster is that rectangle, not the thing's outline. */
  boxOnly: boolean
  /** The rectangle as the file gives it; null = the raster's own. */
  box: Box | null
  /**
   * Rings as marked, `[x0, y0, x1, y1, …]` each, whose drawing gave the raster; null where pixels
   * were marked. Written only by formats whose own drawing of them gives the very same raster.
   */
  outline: readonly (readonly number[])[] | null
  /** Stands for many things of the class that were not told apart (COCO: iscrowd). */
  crowd: boolean
  /** Equal in all pictures that show the same thing; null where the format does not say. */
  track: number | null
}

export interface AnnotatedImage {
  /** How the set names the picture: a relative path with `/`, unique within the set. */
  name: string
  /** Where the picture lies on this machine; null where the set came without it. */
  file: string | null
  /** Size in pixels as a viewer shows it (EXIF orientation applied). */
  width: number
  height: number
  /** `train`, `val`, `test` or what the format says; null where it says nothing. */
  split: string | null
  /** What pictures of one place or recording share; null where the format says nothing. */
  scene: string | null
  /** Whether somebody has annotated it; an annotated picture may well be empty. */
  annotated: boolean
  /** In the order in which they are drawn: a later one covers an earlier one. */
  objects: readonly SetObject[]
  /**
   * One class index a pixel, for formats that hold masks; null where only objects are known (their
   * mask is `maskOfObjects`). Where both are there, the mask is what counts for pixels.
   */
  mask: ClassMask | null
}

/** Something of a set that could not be taken, and why; the rest of it was. */
export interface SetProblem {
  /** Relative to the set. */
  file: string
  why: string
}

/** A set that is read picture by picture. `read` may be called again, and gives the same again. */
export interface AnnotatedSet {
  /** Class 0 is the background. */
  classes: readonly SetClass[]
  /** Number of pictures that `read` gives, those with a problem included. */
  count: number
  /** Gives every picture in the set's order, or what is wrong with it. */
  read(work: LongWork): AsyncIterable<AnnotatedImage | SetProblem>
}
