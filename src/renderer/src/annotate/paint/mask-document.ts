/** @file The mask of one frame while the page has it: its pixels, its past, and its way to the disk. */
import { backgroundIndex, type ClassMask } from '../../../../shared/mask.ts'
import type { Stroke } from '../../../../shared/stroke.ts'
import { Gesture } from '../history/gesture.ts'
import { History } from '../history/history.ts'
import { copyOut } from '../history/tiles.ts'
import type { PaintedPlace } from '../journal/waiting-stroke.ts'
import type { Ink } from '../raster/ink.ts'
import type { Dirty, Rect } from '../raster/rect.ts'
import type { Selection } from '../raster/selection.ts'

export class MaskDocument {
  readonly place: PaintedPlace
  readonly mask: ClassMask
  readonly history = new History()
  readonly #append: (stroke: Stroke) => void
  #gesture: Gesture | null = null
  /** Whether it was painted on since it was last folded. */
  isTouched = false

  /** `append` sends a stroke on its way to the disk. */
  constructor(place: PaintedPlace, mask: ClassMask, append: (stroke: Stroke) => void) {
    this.place = place
    this.mask = mask
    this.#append = append
  }

  get isEmpty(): boolean {
    const { data } = this.mask
    for (let i = 0; i < data.length; i++) if (data[i] !== backgroundIndex) return false
    return true
  }

  get isPainting(): boolean {
    return this.#gesture !== null
  }

  /** Begins a gesture with the first paint. Each of these returns what may have changed. */
  paint(selection: Selection, ink: Ink): Dirty {
    this.#gesture ??= new Gesture(this.mask)
    return this.#gesture.paint(selection, ink)
  }

  /** Puts another mask's pixels in the place of all that is there, as part of the gesture. */
  replace(pixels: Uint8Array): Dirty {
    this.#gesture ??= new Gesture(this.mask)
    return this.#gesture.replace(pixels)
  }

  rewind(): Dirty {
    return this.#gesture?.rewind() ?? null
  }

  cancel(): Dirty {
    const dirty = this.rewind()
    this.#gesture = null
    return dirty
  }

  /** Ends the gesture: it can be undone from now on, and is on its way to the disk. */
  complete(): Dirty {
    const change = this.#gesture?.finish()
    this.#gesture = null
    if (!change) return null
    this.history.push(change)
    this.#send(change.rect)
    return change.rect
  }

  undo(): Dirty {
    return this.#travel(() => this.history.undo(this.mask))
  }

  redo(): Dirty {
    return this.#travel(() => this.history.redo(this.mask))
  }

  #travel(step: () => Dirty): Dirty {
    const cancelled = this.cancel()
    if (cancelled) return cancelled
    const dirty = step()
    if (dirty) this.#send(dirty)
    return dirty
  }

  #send(rect: Rect): void {
    this.isTouched = true
    const { width, height } = this.mask
    this.#append({ mask: { width, height }, ...rect, data: copyOut(this.mask, rect) })
  }
}
