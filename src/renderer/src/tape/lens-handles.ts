import { pictureToTape, viewSizeOf } from '../../../shared/geometry.ts'
import { lensDirection } from '../../../shared/geometry-lens.ts'
import type { Recipe, Size } from '../../../shared/recipe.ts'
import type { Position } from '../canvas/viewport.ts'
import { distanceTo, type Handle } from './handles.ts'
import { hasSquarePixels, withLens, withView } from './recipe-edits.ts'

const degrees = (radians: number): number => (radians * 180) / Math.PI

/** Knobs on the circle: right, below, left, above; with the cursor of their direction. */
const compass: readonly [name: string, x: number, y: number, cursor: string][] = [
  ['radius-right', 1, 0, 'ew-resize'],
  ['radius-below', 0, 1, 'ns-resize'],
  ['radius-left', -1, 0, 'ew-resize'],
  ['radius-above', 0, -1, 'ns-resize'],
]

/** The lens circle on the tape: knobs that resize it, its rim that moves it, and the place looked at. */
export function lensHandles(recipe: Recipe, tape: Size): Handle[] {
  const { lens } = recipe
  if (!lens) return []
  const { cx, cy, radius } = lens
  const moved = (start: Recipe, from: Position, to: Position): Recipe => {
    const { cx: x, cy: y } = start.lens ?? lens
    return withLens(start, { cx: x + to.x - from.x, cy: y + to.y - from.y }, tape)
  }
  const resized = (start: Recipe, from: Position, to: Position): Recipe => {
    const middle = start.lens ?? lens
    const reach = ({ x, y }: Position): number => Math.hypot(x - middle.cx, y - middle.cy)
    return withLens(start, { radius: middle.radius + reach(to) - reach(from) }, tape)
  }
  return [
    ...compass.map(([name, x, y, cursor]): Handle => {
      const knob = { x: cx + x * radius, y: cy + y * radius }
      return { name, knob, cursor, distance: distanceTo(knob), drag: resized }
    }),
    ...aimHandle(recipe),
    {
      name: 'rim',
      knob: null,
      cursor: 'move',
      distance: ({ x, y }) => Math.abs(Math.hypot(x - cx, y - cy) - radius),
      drag: moved,
    },
  ]
}

/** Where the middle of the view's picture lies on the tape. */
export function aimOf(recipe: Recipe): Position {
  const { width, height } = viewSizeOf(recipe)
  const whole = { ...recipe, crop: null, viewSize: null, size: { width, height } }
  const [x, y] = pictureToTape(whole)(width / 2, height / 2)
  return { x, y }
}

function aimHandle(recipe: Recipe): Handle[] {
  const knob = aimOf(recipe)
  return [
    {
      name: 'aim',
      knob,
      cursor: 'grab',
      distance: distanceTo(knob),
      drag: (start, from, to) => {
        const aim = aimOf(start)
        return lookingAt(start, { x: aim.x + to.x - from.x, y: aim.y + to.y - from.y })
      },
    },
  ]
}

/** Turns the view so that its middle shows a place of the tape. */
export function lookingAt(recipe: Recipe, { x, y }: Position): Recipe {
  const direction = recipe.lens && lensDirection(recipe.lens)(x, y)
  if (!direction) return recipe
  const [right, down, ahead] = direction
  const pitch = degrees(Math.asin(Math.min(1, Math.max(-1, -down))))
  const yaw = degrees(Math.atan2(right, ahead))
  return withView(recipe, { yaw, pitch }, hasSquarePixels(recipe))
}

/** Turns the view as if its picture were dragged from one place to another. */
export function draggedView(start: Recipe, from: Position, to: Position): Recipe {
  const { view, size } = start
  if (!view) return start
  const perWidth = degrees(2 * Math.tan((view.hfov * Math.PI) / 360)) / size.width
  const perHeight = degrees(2 * Math.tan((view.vfov * Math.PI) / 360)) / size.height
  const change = {
    yaw: view.yaw - (to.x - from.x) * perWidth,
    pitch: Math.min(90, Math.max(-90, view.pitch + (to.y - from.y) * perHeight)),
  }
  return withView(start, change, hasSquarePixels(start))
}
