/**
 * @file Views for a lens whose centre v360 cannot have: it takes the centre only to half a pixel.
 *
 * A camera turned, zoomed and shifted by a little sees the lens nearly as if its centre had moved;
 * the best such camera leaves less than 0.1 tape pixel of the quarter pixel that is at stake, and
 * costs nothing when frames are filtered.
 */
import {
  halfExtent,
  lensDirection,
  lensImage,
  turnToCamera,
  turnToLens,
  type Vector,
} from '../../shared/geometry-lens.ts'
import type { Lens, View } from '../../shared/recipe.ts'
import { leastSquares } from './least-squares.ts'

/** A view whose optical axis need not pass through the middle of its picture. */
export interface ShiftedView {
  view: View
  /** v360's `h_offset` and `v_offset`: where the middle of the picture lies at distance 1. */
  offset: Offset
}

/** The part of a view's picture that matters, -1 … 1 both ways. */
export interface ViewPart {
  left: number
  right: number
  top: number
  bottom: number
}

interface Offset {
  x: number
  y: number
}

/** A place in the view's picture, -1 … 1 both ways, and the direction that it has to show. */
interface Sight {
  u: number
  v: number
  direction: Vector
}

/** The picture is looked at in this many places across and down. */
const sightsPerSide = 9

/** Degrees, and for the offsets lengths at distance 1: small against what a picture shows. */
const differenceStep = 1e-3

/** The errors are so small that the first step all but ends them. */
const steps = 2

/**
 * The view that shows a lens `shift` pixels before the real one's centre as `view` shows the real
 * one, as well as can be in a part of its picture. Found by Gauss-Newton steps from `view`.
 */
export function absorbShift(lens: Lens, view: View, shift: Offset, part: ViewPart): ShiftedView {
  let best: ShiftedView = { view, offset: { x: 0, y: 0 } }
  if (shift.x === 0 && shift.y === 0) return best
  const sights = sightsOf(lens, view, shift, part)
  for (let step = 0; step < steps; step++) best = improved(best, sights)
  return best
}

/** What the view has to show where, as directions of the shifted lens. */
function sightsOf(lens: Lens, view: View, shift: Offset, part: ViewPart): Sight[] {
  const half = halfExtent(view)
  const turn = turnToLens(view)
  const image = lensImage(lens)
  const direction = lensDirection({ ...lens, cx: lens.cx - shift.x, cy: lens.cy - shift.y })
  return spread(part.top, part.bottom).flatMap((v) =>
    spread(part.left, part.right).flatMap((u) => {
      const [x, y] = image(turn([u * half.x, v * half.y, 1]))
      const seen = direction(x, y)
      const inside = Math.hypot(x - lens.cx, y - lens.cy) <= lens.radius
      return seen && inside ? [{ u, v, direction: seen }] : []
    }),
  )
}

function spread(first: number, last: number): number[] {
  const share = (last - first) / sightsPerSide
  return Array.from({ length: sightsPerSide }, (_, i) => first + share * (i + 0.5))
}

/** One Gauss-Newton step. */
function improved(camera: ShiftedView, sights: readonly Sight[]): ShiftedView {
  const numbers = numbersOf(camera)
  const before = errorsOf(camera, sights)
  const columns = numbers.map((_, unknown) => {
    const moved = numbers.map((value, i) => (i === unknown ? value + differenceStep : value))
    const after = errorsOf(cameraOf(moved), sights)
    return after.map((error, i) => ((before[i] ?? 0) - error) / differenceStep)
  })
  const rows = before.map((_, equation) => columns.map((column) => column[equation] ?? 0))
  const change = leastSquares(rows, before)
  return cameraOf(numbers.map((value, i) => value + (change[i] ?? 0)))
}

function numbersOf({ view, offset }: ShiftedView): number[] {
  return [view.yaw, view.pitch, view.roll, view.hfov, view.vfov, offset.x, offset.y]
}

function cameraOf(numbers: readonly number[]): ShiftedView {
  const [yaw = 0, pitch = 0, roll = 0, hfov = 0, vfov = 0, x = 0, y = 0] = numbers
  return { view: { yaw, pitch, roll, hfov, vfov }, offset: { x, y } }
}

/** How far from its place each sight is shown, across and down in turn, at distance 1. */
function errorsOf({ view, offset }: ShiftedView, sights: readonly Sight[]): number[] {
  const half = halfExtent(view)
  const turn = turnToCamera(view)
  return sights.flatMap(({ u, v, direction }) => {
    const [x, y, z] = turn(direction)
    return [u * half.x + offset.x - x / z, v * half.y + offset.y - y / z]
  })
}
