/** @file What is drawn over the source and over the result. */
import { pictureToTape } from '../../../shared/geometry.ts'
import type { Recipe, Size } from '../../../shared/recipe.ts'
import type { Mark } from '../canvas/sketch.ts'
import type { Position } from '../canvas/viewport.ts'
import type { Handle } from './handles.ts'

const lensColour = '#4fcfc3'
const viewColour = '#ffd166'
const gridColour = 'rgb(255 255 255 / 75%)'
const cropColour = '#ffffff'

/** The rim of the result on the tape, bent as the lens bends it. */
export function outlineOnTape(recipe: Recipe): Position[] {
  const { width, height } = recipe.size
  const toTape = pictureToTape(recipe)
  const perSide = recipe.lens ? 24 : 1
  const corners: Position[] = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ]
  return corners.flatMap((from, i) => {
    const to = corners[(i + 1) % corners.length] ?? from
    return Array.from({ length: perSide }, (_, step) => {
      const share = step / perSide
      const [x, y] = toTape(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
      return { x, y }
    })
  })
}

function knobMarks(handles: readonly Handle[], colour: string): Mark[] {
  return handles.flatMap(({ knob }): Mark[] => (knob ? [{ kind: 'knob', at: knob, colour }] : []))
}

/** Lens circle and result's outline on the tape, with the handles that are there. */
export function sourceMarks(recipe: Recipe, handles: readonly Handle[]): Mark[] {
  const { lens } = recipe
  const outline: Mark = {
    kind: 'outline',
    points: outlineOnTape(recipe),
    isClosed: true,
    colour: lens ? viewColour : cropColour,
    ...(lens ? { dash: [6, 4] } : {}),
  }
  if (!lens) return [outline, ...knobMarks(handles, cropColour)]
  const circle: Mark = {
    kind: 'circle',
    centre: { x: lens.cx, y: lens.cy },
    radius: lens.radius,
    colour: lensColour,
  }
  const aim = handles.filter(({ name }) => name === 'aim')
  const others = handles.filter(({ name }) => name !== 'aim')
  return [circle, outline, ...knobMarks(others, lensColour), ...knobMarks(aim, viewColour)]
}

/** Lines by which to see whether what is straight in the world is straight in the picture. */
export function gridMarks({ width, height }: Size, cells = 8): Mark[] {
  const line = (from: Position, to: Position): Mark => ({
    kind: 'outline',
    points: [from, to],
    isClosed: false,
    colour: gridColour,
    width: 1,
  })
  const inner = Array.from({ length: cells - 1 }, (_, i) => (i + 1) / cells)
  return inner.flatMap((share) => [
    line({ x: share * width, y: 0 }, { x: share * width, y: height }),
    line({ x: 0, y: share * height }, { x: width, y: share * height }),
  ])
}

/** The crop on the picture that it is cut from; what is cut off is darker. */
export function cropMarks(
  crop: { x: number; y: number; width: number; height: number },
  room: Size,
  handles: readonly Handle[],
): Mark[] {
  const { x, y, width, height } = crop
  const rectangle = (left: number, top: number, right: number, bottom: number): Position[] => [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ]
  // One outline around the frame and back around the crop: its inside is what is cut off.
  const outer = rectangle(0, 0, room.width, room.height)
  const inner = rectangle(x, y, x + width, y + height)
  const [outerStart, innerStart] = [outer[0], inner[0]]
  if (!outerStart || !innerStart) return []
  return [
    {
      kind: 'shade',
      points: [...outer, outerStart, innerStart, ...inner.slice(1).reverse(), innerStart],
    },
    { kind: 'outline', points: inner, isClosed: true, colour: cropColour },
    ...knobMarks(handles, cropColour),
  ]
}
