/** @file Tells gestures that move the view from those that are meant for the tool. */
import type { Position } from './viewport.ts'

/** Where a pointer is, in CSS pixels of the stage. */
export interface Pointer extends Position {
  id: number
  kind: string
  button: number
}

export interface ViewGestures {
  zoomAt(point: Position, factor: number): void
  panBy(x: number, y: number): void
}

/** What is left for the tool; `Event` is handed through. */
export interface ToolGestures<Event> {
  down(event: Event): void
  move(event: Event): void
  up(event: Event): void
  cancel(): void
  hover(event: Event | null): void
}

export type GestureMode = 'idle' | 'tool' | 'pan' | 'pinch'

const middleButton = 1
/** The main button, and the eraser at the other end of a pen. */
const toolButtons: readonly number[] = [0, 5]

/**
 * The middle button or a held key pan, two fingers pan and zoom, everything else is the tool's. A
 * second finger takes what the first one began away from the tool.
 */
export class Gestures<Event> {
  readonly #view: ViewGestures
  readonly #tool: ToolGestures<Event>
  readonly #touches = new Map<number, Position>()
  #mode: GestureMode = 'idle'
  #pointer: number | null = null
  #last: Position = { x: 0, y: 0 }
  /** Set while the key is held that makes every drag move the view. */
  isPanHeld = false

  constructor(view: ViewGestures, tool: ToolGestures<Event>) {
    this.#view = view
    this.#tool = tool
  }

  get mode(): GestureMode {
    return this.#mode
  }

  /** Returns whether the gesture is taken: its pointer is then to be captured. */
  down(pointer: Pointer, event: Event): boolean {
    if (pointer.kind === 'touch') this.#touches.set(pointer.id, { x: pointer.x, y: pointer.y })
    if (this.#touches.size === 2) {
      if (this.#mode === 'tool') this.#tool.cancel()
      this.#mode = 'pinch'
      return true
    }
    if (this.#mode !== 'idle') return false
    const isPan = pointer.button === middleButton || this.isPanHeld
    if (!isPan && !toolButtons.includes(pointer.button)) return false
    this.#pointer = pointer.id
    this.#last = { x: pointer.x, y: pointer.y }
    this.#mode = isPan ? 'pan' : 'tool'
    if (isPan) this.#tool.hover(null)
    else this.#tool.down(event)
    return true
  }

  move(pointer: Pointer, event: Event): void {
    if (this.#mode === 'pinch') this.#pinch(pointer)
    else if (this.#mode === 'idle') this.#tool.hover(event)
    else if (pointer.id !== this.#pointer) return
    else if (this.#mode === 'tool') this.#tool.move(event)
    else this.#pan(pointer)
  }

  up(pointer: Pointer, event: Event): void {
    this.#touches.delete(pointer.id)
    if (this.#mode === 'pinch') {
      // The finger that is left must not paint.
      if (this.#touches.size === 0) this.#mode = 'idle'
      return
    }
    if (pointer.id !== this.#pointer) return
    const wasTool = this.#mode === 'tool'
    this.#end()
    if (wasTool) this.#tool.up(event)
  }

  /** The system took a pointer away, or the user pressed Escape (no pointer given: all end). */
  cancel(pointer?: Pointer): void {
    if (pointer) this.#touches.delete(pointer.id)
    else this.#touches.clear()
    if (this.#mode === 'pinch' && this.#touches.size > 0) return
    if (pointer && this.#mode !== 'pinch' && pointer.id !== this.#pointer) return
    const wasTool = this.#mode === 'tool'
    this.#end()
    if (wasTool) this.#tool.cancel()
  }

  leave(): void {
    if (this.#mode === 'idle') this.#tool.hover(null)
  }

  #end(): void {
    this.#mode = 'idle'
    this.#pointer = null
  }

  #pan({ x, y }: Pointer): void {
    this.#view.panBy(x - this.#last.x, y - this.#last.y)
    this.#last = { x, y }
  }

  #pinch(pointer: Pointer): void {
    const before = this.#touches.get(pointer.id)
    const other = [...this.#touches].find(([id]) => id !== pointer.id)?.[1]
    if (!before || !other) return
    this.#touches.set(pointer.id, { x: pointer.x, y: pointer.y })
    const distance = (point: Position): number => Math.hypot(point.x - other.x, point.y - other.y)
    const middle = { x: (before.x + other.x) / 2, y: (before.y + other.y) / 2 }
    this.#view.panBy((pointer.x - before.x) / 2, (pointer.y - before.y) / 2)
    if (distance(before) > 0) this.#view.zoomAt(middle, distance(pointer) / distance(before))
  }
}
