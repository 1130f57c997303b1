/** @file One stroke while it is painted: what was there before it, kept for cancel and for undo. */
import type { ClassMask } from '../../../../shared/mask.ts'
import { type Ink, paint } from '../raster/ink.ts'
import { type Dirty, union, wholeOf } from '../raster/rect.ts'
import type { Selection } from '../raster/selection.ts'
import { type PackedPixels, packPixels } from './runs.ts'
import { changedPart, copyIn, copyOut, rectOfTile, tilesOf } from './tiles.ts'

/** A change of a mask: the tiles that it touched as they are on the other side of it. */
export interface Change {
  /** Around all that differs. */
  rect: NonNullable<Dirty>
  tiles: ReadonlyMap<number, PackedPixels>
  bytes: number
}

export class Gesture {
  readonly #mask: ClassMask
  readonly #before = new Map<number, Uint8Array>()
  #touched: Dirty = null

  constructor(mask: ClassMask) {
    this.#mask = mask
  }

  /** Paints and remembers what was there. */
  paint(selection: Selection, ink: Ink): Dirty {
    this.#keep(selection.bounds)
    return paint(this.#mask, selection, ink)
  }

  /** Puts other pixels, `[height, width]` of the whole mask, in the place of all that is there. */
  replace(pixels: Uint8Array): Dirty {
    const whole = wholeOf(this.#mask)
    this.#keep(whole)
    this.#mask.data.set(pixels)
    return whole
  }

  /** Puts back what was there and forgets it; the gesture may go on from there. */
  rewind(): Dirty {
    for (const [tile, pixels] of this.#before)
      copyIn(this.#mask, rectOfTile(tile, this.#mask), pixels)
    const touched = this.#touched
    this.#before.clear()
    this.#touched = null
    return touched
  }

  /** The change as it can be undone; null where nothing differs. */
  finish(): Change | null {
    const tiles = new Map<number, PackedPixels>()
    let rect: Dirty = null
    let bytes = 0
    for (const [tile, before] of this.#before) {
      const changed = changedPart(this.#mask, rectOfTile(tile, this.#mask), before)
      if (changed === null) continue
      const packed = packPixels(before)
      tiles.set(tile, packed)
      bytes += packed.bytes
      rect = union(rect, changed)
    }
    return rect && { rect, tiles, bytes }
  }

  #keep(rect: Dirty): void {
    this.#touched = union(this.#touched, rect)
    for (const tile of tilesOf(rect, this.#mask))
      if (!this.#before.has(tile))
        this.#before.set(tile, copyOut(this.#mask, rectOfTile(tile, this.#mask)))
  }
}

/** Swaps the mask with the other side of a change, and returns the change that leads back. */
export function swap(mask: ClassMask, { rect, tiles }: Change): Change {
  const back = new Map<number, PackedPixels>()
  let bytes = 0
  for (const [tile, packed] of tiles) {
    const place = rectOfTile(tile, mask)
    const now = packPixels(copyOut(mask, place))
    back.set(tile, now)
    bytes += now.bytes
    copyIn(mask, place, packed.unpack())
  }
  return { rect, tiles: back, bytes }
}
