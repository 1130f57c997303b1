import type { Recipe, Size } from '../../../../shared/recipe.ts'
import { renderOnProcessor } from './render-cpu.ts'
import { GraphicsRenderer } from './render-gl.ts'

/** Longest side of a preview: more cannot be seen while something moves. */
const longestSide = { graphics: 1600, processor: 400 } as const

/** Renders the current picture of a tape through recipes, fast enough for a hand that drags. */
export class Preview {
  #graphics: GraphicsRenderer | null = GraphicsRenderer.create()
  #source: ImageData | null = null
  #isOnGraphics = false

  get kind(): 'graphics' | 'processor' {
    return this.#isOnGraphics ? 'graphics' : 'processor'
  }

  setSource(source: ImageData): void {
    this.#source = source
    if (this.#graphics?.isLost) this.#graphics = null
    this.#isOnGraphics = this.#graphics?.setSource(source) ?? false
  }

  /** The picture, smaller than the recipe's where that is large; null before there is a source. */
  render(recipe: Recipe): HTMLCanvasElement | ImageData | null {
    if (!this.#source) return null
    const graphics = this.#isOnGraphics && !this.#graphics?.isLost ? this.#graphics : null
    const size = within(recipe.size, longestSide[graphics ? 'graphics' : 'processor'])
    if (graphics) {
      graphics.render(recipe, size)
      return graphics.canvas
    }
    const { data } = renderOnProcessor(this.#source, recipe, size)
    return new ImageData(new Uint8ClampedArray(data), size.width, size.height)
  }

  dispose(): void {
    this.#graphics?.dispose()
  }
}

function within({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height))
  const side = (length: number): number => Math.max(1, Math.round(length * scale))
  return { width: side(width), height: side(height) }
}
