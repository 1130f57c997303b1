/** @file Lines, knobs and words over a picture, as wide on the screen at every zoom. */
import { Circle, type FabricObject, FabricText, Polygon, Polyline } from 'fabric'
import type { Stage } from './stage.ts'
import type { Position } from './viewport.ts'

/** Places are in picture coordinates, widths and sizes in CSS pixels. */
export type Mark =
  | {
      kind: 'outline'
      points: readonly Position[]
      isClosed: boolean
      colour: string
      width?: number
      /** Colour of the inside. */
      fill?: string
      dash?: readonly number[]
    }
  /** An area without an outline that darkens what is below. */
  | { kind: 'shade'; points: readonly Position[] }
  | { kind: 'circle'; centre: Position; radius: number; colour: string; dash?: readonly number[] }
  | { kind: 'knob'; at: Position; colour: string; size?: number; isHollow?: boolean }
  | { kind: 'text'; at: Position; text: string; colour: string; isBelow?: boolean }

/** Dark rims let a bright line be seen on every picture. */
const rim = 'rgb(10 14 18 / 65%)'
const shade = 'rgb(10 14 18 / 60%)'
const lineWidth = 2
const knobSize = 12
const fontSize = 12

const still = {
  objectCaching: false,
  selectable: false,
  evented: false,
  originX: 'center',
  originY: 'center',
} as const

/** Marks on a stage's vector layer; the last ones given are shown. */
export class Sketch {
  readonly #stage: Stage
  readonly #stopFollowing: () => void
  #marks: readonly Mark[] = []
  #objects: FabricObject[] = []

  constructor(stage: Stage) {
    this.#stage = stage
    this.#stopFollowing = stage.onView(() => this.#build())
  }

  set(marks: readonly Mark[]): void {
    this.#marks = marks
    this.#build()
  }

  dispose(): void {
    this.#stopFollowing()
    this.#stage.fabric.remove(...this.#objects)
  }

  #build(): void {
    const { fabric, scale } = this.#stage
    fabric.remove(...this.#objects)
    this.#objects = this.#marks.flatMap((mark) => shapesOf(mark, 1 / scale))
    fabric.add(...this.#objects)
    fabric.requestRenderAll()
  }
}

/** `px` is the length of a CSS pixel in the picture. */
function shapesOf(mark: Mark, px: number): FabricObject[] {
  switch (mark.kind) {
    case 'outline':
      return outlineShapes(mark, px)
    case 'shade':
      return [
        new Polygon(
          mark.points.map(({ x, y }) => ({ x, y })),
          { ...still, fill: shade },
        ),
      ]
    case 'circle':
      return lineStyles(mark.colour, lineWidth, px, mark.dash).map(
        (style) =>
          new Circle({
            ...still,
            ...style,
            fill: '',
            left: mark.centre.x,
            top: mark.centre.y,
            radius: mark.radius,
          }),
      )
    case 'knob':
      return [knobShape(mark, px)]
    case 'text':
      return textShapes(mark, px)
  }
}

function lineStyles(colour: string, width: number, px: number, dash?: readonly number[]) {
  const strokeDashArray = dash ? dash.map((length) => length * px) : null
  return [
    { stroke: rim, strokeWidth: (width + 2) * px, strokeDashArray: null },
    { stroke: colour, strokeWidth: width * px, strokeDashArray },
  ]
}

function outlineShapes(mark: Extract<Mark, { kind: 'outline' }>, px: number): FabricObject[] {
  const { points, isClosed, colour, width = lineWidth, fill = '', dash } = mark
  const Shape = isClosed ? Polygon : Polyline
  const corners = points.map(({ x, y }) => ({ x, y }))
  return lineStyles(colour, width, px, dash).map(
    (style, i) =>
      new Shape(corners, {
        ...still,
        ...style,
        fill: i === 0 ? fill : '',
        strokeLineJoin: 'round',
        strokeLineCap: 'round',
      }),
  )
}

function knobShape(mark: Extract<Mark, { kind: 'knob' }>, px: number): FabricObject {
  const { at, colour, size = knobSize, isHollow = false } = mark
  return new Circle({
    ...still,
    left: at.x,
    top: at.y,
    radius: (size / 2) * px,
    fill: isHollow ? 'rgb(10 14 18 / 55%)' : colour,
    stroke: isHollow ? colour : '#ffffff',
    strokeWidth: 2 * px,
  })
}

function textShapes(mark: Extract<Mark, { kind: 'text' }>, px: number): FabricObject[] {
  const words = new FabricText(mark.text, {
    ...still,
    fontFamily: 'system-ui, sans-serif',
    fontSize,
    fontWeight: 600,
    fill: '#ffffff',
    scaleX: px,
    scaleY: px,
    left: mark.at.x,
    top: mark.at.y,
    backgroundColor: '',
  })
  const width = words.width + 12
  const height = fontSize + 8
  const plate = { x: mark.at.x, y: mark.at.y + (mark.isBelow ? height / 2 + 4 : 0) * px }
  words.set({ top: plate.y })
  const [left, right] = [plate.x - (width / 2) * px, plate.x + (width / 2) * px]
  const [top, bottom] = [plate.y - (height / 2) * px, plate.y + (height / 2) * px]
  const background = new Polygon(
    [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
    ],
    { ...still, fill: 'rgb(10 14 18 / 75%)', stroke: mark.colour, strokeWidth: px },
  )
  return [background, words]
}
