/** @file The empty hall: floor, walls, doors, windows, lamps and the paint on the floor. */
import { lamps, windows } from '../draw/lamps.ts'
import type { Material } from '../draw/material.ts'
import { box, cylinder, type Shape } from '../draw/shape.ts'
import type { Spot } from '../vector.ts'
import { paints } from './paints.ts'
import { doors, lane, places, room } from './plan.ts'

const thickness = 0.2

/** A piece of a side wall at `x`, between two spans of y and z. */
const sidePiece = (x: number, [y0, y1]: Spot, [z0, z1]: Spot, paint: Material): Shape =>
  box(
    [x + (Math.sign(x) * thickness) / 2, (y0 + y1) / 2, (z0 + z1) / 2],
    [thickness, y1 - y0, z1 - z0],
    paint,
  )

/** A side wall with its door, and the dark corridor behind that. */
function sideWall({ x, from, to, height }: (typeof doors)['left' | 'right']): Shape[] {
  const beyond = x + Math.sign(x) * 2.6
  const jamb = 0.08
  return [
    sidePiece(x, [room.front, from], [0, room.height], paints.wall),
    sidePiece(x, [to, room.back], [0, room.height], paints.wall),
    sidePiece(x, [from, to], [height, room.height], paints.wall),
    sidePiece(x - Math.sign(x) * 0.03, [from - jamb, from], [0, height + jamb], paints.frame),
    sidePiece(x - Math.sign(x) * 0.03, [to, to + jamb], [0, height + jamb], paints.frame),
    sidePiece(x - Math.sign(x) * 0.03, [from, to], [height, height + jamb], paints.frame),
    sidePiece(beyond, [from - 1.5, to + 1.5], [0, room.height], paints.corridor),
  ]
}

function walls(): Shape[] {
  const width = room.right - room.left
  const lengthways = (y: number): Shape =>
    box(
      [0, y + (Math.sign(y) * thickness) / 2, room.height / 2],
      [width, thickness, room.height],
      paints.wall,
    )
  return [
    box([0, 0, -0.1], [22, 14, 0.2], paints.concrete),
    lengthways(room.back),
    lengthways(room.front),
    ...sideWall(doors.left),
    ...sideWall(doors.right),
    box([2.6, room.back - 0.05, 1.7], [3.2, 0.1, 3.4], paints.shutter),
    box([2.6, room.back - 0.06, 3.5], [3.5, 0.3, 0.3], paints.frame),
  ]
}

function windowPanes(): Shape[] {
  const { spans, bottom, top, wall } = windows
  return spans.flatMap(([from, to]) => [
    sidePiece(wall + 0.04, [from, to], [bottom, top], paints.glass),
    sidePiece(
      wall + 0.06,
      [(from + to) / 2 - 0.03, (from + to) / 2 + 0.03],
      [bottom, top],
      paints.frame,
    ),
    sidePiece(wall + 0.08, [from - 0.06, to + 0.06], [bottom - 0.08, bottom], paints.frame),
    sidePiece(wall + 0.08, [from - 0.06, to + 0.06], [top, top + 0.08], paints.frame),
  ])
}

const tubes = (): Shape[] =>
  lamps
    .filter(({ layer }) => layer !== 'sky')
    .flatMap(({ points: [a, b] }) =>
      a && b
        ? [cylinder([a[0] - 0.3, a[1], a[2]], [b[0] + 0.3, b[1], b[2]], 0.07, paints.lamp)]
        : [],
    )

/** A stripe of paint between two points of the floor. */
function stripe([x0, y0]: Spot, [x1, y1]: Spot, width: number, paint: Material): Shape {
  const along = Math.hypot(x1 - x0, y1 - y0)
  const angle = Math.atan2(y1 - y0, x1 - x0)
  return box([(x0 + x1) / 2, (y0 + y1) / 2, 0.001], [along + width, width, 0.002], paint, angle)
}

function markings(): Shape[] {
  const { junction, stops, halfWidth } = lane
  const [top, bottom] = [stops[0]?.[1] ?? 0, stops[1]?.[1] ?? 0]
  const [x, y] = junction
  const line = (a: Spot, b: Spot): Shape => stripe(a, b, 0.09, paints.yellowLine)
  return [
    line([room.right, y + halfWidth], [x + halfWidth, y + halfWidth]),
    line([room.right, y - halfWidth], [x + halfWidth, y - halfWidth]),
    line([x + halfWidth, y + halfWidth], [x + halfWidth, top + 0.7]),
    line([x + halfWidth, y - halfWidth], [x + halfWidth, bottom - 0.7]),
    line([x - halfWidth, bottom - 0.7], [x - halfWidth, top + 0.7]),
    line([x - halfWidth, top + 0.7], [x + halfWidth, top + 0.7]),
    line([x - halfWidth, bottom - 0.7], [x + halfWidth, bottom - 0.7]),
    ...[0, 1, 2, 3, 4].map((step) =>
      stripe([2.35 + step * 0.3, y - 0.5], [2.35 + step * 0.3, y + 0.5], 0.15, paints.whiteLine),
    ),
    ...places.map(({ spot, facing, halfWidth, halfDepth }) =>
      box([spot[0], spot[1], 0.006], [halfDepth * 1.7, halfWidth * 1.7, 0.012], paints.mat, facing),
    ),
  ]
}

export const hall = (): Shape[] => [...walls(), ...windowPanes(), ...tubes(), ...markings()]
