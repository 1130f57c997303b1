/** @file What a tool is: a small state machine between pointer and mask. */
import type { Size } from '../../../../shared/recipe.ts'
import type { Point } from '../../../../shared/region.ts'
import type { PaintSettings } from '../paint/settings.ts'
import type { Picture } from '../raster/colour.ts'
import type { Ink } from '../raster/ink.ts'
import type { Selection } from '../raster/selection.ts'

/** Where a pointer is, in picture pixels, and what is held with it. */
export interface Sample {
  x: number
  y: number
  /** 0 … 1 of a pen; null for what has no pressure. */
  pressure: number | null
  shift: boolean
  /** Alt, its key on screen, or the other end of a pen: takes away instead of painting. */
  erase: boolean
  /** CSS pixels per picture pixel: what is near is near on the screen. */
  scale: number
}

/** What is drawn over the picture while a shape is open, in picture coordinates. */
export interface Outline {
  points: readonly Point[]
  closed: boolean
  /** Whether the corners can be clicked. */
  corners: boolean
}

/** What tools paint with. A gesture is all from `paint` up to `complete` or `cancel`: one undo. */
export interface Easel {
  readonly size: Size
  /** Null while the frame's colours are not there. */
  readonly picture: Picture | null
  /** Class indices as they are now, `[height, width]`. */
  readonly pixels: Uint8Array
  readonly settings: PaintSettings
  /** The ink of the chosen class by the rules in force; with `erase` that of background. */
  ink(erase: boolean): Ink
  /** What is proposed for this frame (of the network, or the difference to the background). */
  readonly proposal: Proposal | null
  /** Outlines of the project's regions. */
  readonly regions: readonly (readonly Point[])[]
  paint(selection: Selection, ink: Ink): void
  /** Takes back what the gesture has painted so far; it goes on. */
  rewind(): void
  complete(): void
  cancel(): void
}

/** Where somebody may be: pixels with a value of at least `cut` are proposed. */
export interface Proposal {
  /** `[height, width]`. */
  map: Uint8Array
  cut: number
}

export interface Tool {
  down(at: Sample): void
  move(at: Sample): void
  up(at: Sample): void
  /** Gives up what is open, and leaves no trace of it. */
  cancel(): void
  /** No button is down. */
  hover?(at: Sample): void
  /** Closes what is open: Enter. */
  close?(): void
  /** Takes one step of what is open back: Backspace. */
  back?(): void
  /** Whether something is open that Enter, Escape and Backspace belong to. */
  readonly isOpen: boolean
  readonly outline: Outline | null
}
