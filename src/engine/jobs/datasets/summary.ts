/** @file What an import shows: how much there is of what, and what could not be taken. */
import { type ClassMask, ignoreIndex } from '../../../shared/mask.ts'
import { type ValuePixels, valuesIn } from '../../../shared/value-pixels.ts'
import type { SetClass, SetProblem } from '../../formats/annotated-set.ts'

export interface ClassAmount {
  name: string
  pixels: number
  /** Images that show it. */
  images: number
}

export interface SetSummary {
  images: number
  /** Images that somebody has annotated. */
  masks: number
  classes: ClassAmount[]
  problems: SetProblem[]
}

/** Sums over masks, by value. */
export class MaskSums {
  readonly #pixels = new Float64Array(ignoreIndex + 1)
  readonly #images = new Float64Array(ignoreIndex + 1)
  masks = 0

  /** Adds what is in a mask. */
  add(values: readonly ValuePixels[]): void {
    this.masks += 1
    for (const { index, pixels } of values) {
      this.#pixels[index] = (this.#pixels[index] ?? 0) + pixels
      this.#images[index] = (this.#images[index] ?? 0) + 1
    }
  }

  of(value: number): { pixels: number; images: number } {
    return { pixels: this.#pixels[value] ?? 0, images: this.#images[value] ?? 0 }
  }

  /** Pixels of all values but "ignore". */
  counted(): number {
    return this.#pixels.subarray(0, ignoreIndex).reduce((sum, pixels) => sum + pixels, 0)
  }
}

/** Counts a set image by image. */
export class SummaryCounter {
  readonly #sums = new MaskSums()
  #seen = 0
  readonly problems: SetProblem[] = []

  /** Counts an image; `mask` is null where nobody has annotated it. */
  add(mask: ClassMask | null): void {
    this.#seen += 1
    if (mask) this.#sums.add(valuesIn(mask))
  }

  /** The values in masks are positions in `classes`. */
  summary(classes: readonly Pick<SetClass, 'name'>[]): SetSummary {
    return {
      images: this.#seen,
      masks: this.#sums.masks,
      classes: classes.map(({ name }, i) => ({ name, ...this.#sums.of(i) })),
      problems: this.problems,
    }
  }
}
