/** @file Undo and redo of one mask, stroke by stroke, bounded in number and in bytes. */
import type { ClassMask } from '../../../../shared/mask.ts'
import type { Dirty } from '../raster/rect.ts'
import { type Change, swap } from './gesture.ts'

export interface HistoryLimits {
  strokes: number
  bytes: number
}

export const defaultLimits: HistoryLimits = { strokes: 200, bytes: 64 * 1024 * 1024 }

export class History {
  readonly #limits: HistoryLimits
  #done: Change[] = []
  #undone: Change[] = []

  constructor(limits: HistoryLimits = defaultLimits) {
    this.#limits = limits
  }

  get undoable(): number {
    return this.#done.length
  }

  get redoable(): number {
    return this.#undone.length
  }

  get bytes(): number {
    return [...this.#done, ...this.#undone].reduce((sum, change) => sum + change.bytes, 0)
  }

  /** Takes a stroke that was just painted; what was undone before it cannot come back. */
  push(change: Change): void {
    this.#undone = []
    this.#done.push(change)
    this.#forget()
  }

  /** Takes back the last stroke. Returns what changed; null where there is none. */
  undo(mask: ClassMask): Dirty {
    return step(mask, this.#done, this.#undone)
  }

  redo(mask: ClassMask): Dirty {
    return step(mask, this.#undone, this.#done)
  }

  /** The oldest strokes go first; the last one stays, however large it is. */
  #forget(): void {
    let { bytes } = this
    while (
      this.#done.length > this.#limits.strokes ||
      (bytes > this.#limits.bytes && this.#done.length > 1)
    )
      bytes -= this.#done.shift()?.bytes ?? 0
  }
}

function step(mask: ClassMask, from: Change[], to: Change[]): Dirty {
  const change = from.pop()
  if (!change) return null
  to.push(swap(mask, change))
  return change.rect
}
