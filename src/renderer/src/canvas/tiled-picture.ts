/**
 * @file A large picture in squares. Browsers copy all of a canvas that is drawn and then painted on, and
 * make smaller ones of all of it to draw it small: of 4096x4096 pixels that takes longer than a frame.
 */
import type { Size } from '../../../shared/recipe.ts'

interface Area extends Size {
  x: number
  y: number
}

/** A square of the picture, and where its corner lies. */
export interface PictureTile {
  canvas: OffscreenCanvas
  x: number
  y: number
}

const side = 512

export class TiledPicture implements Size {
  readonly width: number
  readonly height: number
  readonly #columns: number
  /** Those that have something on them. */
  readonly #tiles = new Map<number, PictureTile>()

  constructor({ width, height }: Size) {
    this.width = width
    this.height = height
    this.#columns = Math.ceil(width / side)
  }

  /** Puts pixels in the place of those that are there; they lie inside the picture. */
  put(pixels: ImageData, x: number, y: number): void {
    const { width, height } = pixels
    for (const number of this.#numbers({ x, y, width, height })) {
      const tile = this.#tiles.get(number) ?? this.#add(number)
      tile.canvas.getContext('2d')?.putImageData(pixels, x - tile.x, y - tile.y)
    }
  }

  /** Makes all of it clear. */
  clear(): void {
    this.#tiles.clear()
  }

  /** The squares with something on them that a part touches. */
  within(area: Area): PictureTile[] {
    return this.#numbers(area).flatMap((number) => this.#tiles.get(number) ?? [])
  }

  #add(number: number): PictureTile {
    const x = (number % this.#columns) * side
    const y = Math.floor(number / this.#columns) * side
    const size = [Math.min(side, this.width - x), Math.min(side, this.height - y)] as const
    const tile = { canvas: new OffscreenCanvas(...size), x, y }
    this.#tiles.set(number, tile)
    return tile
  }

  #numbers({ x, y, width, height }: Area): number[] {
    const right = Math.min(this.width, x + width)
    const bottom = Math.min(this.height, y + height)
    const numbers: number[] = []
    for (let row = Math.floor(Math.max(0, y) / side); row * side < bottom; row++)
      for (let column = Math.floor(Math.max(0, x) / side); column * side < right; column++)
        numbers.push(row * this.#columns + column)
    return numbers
  }
}
