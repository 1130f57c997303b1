/** @file The layout of the factory floor, in metres; the camera hangs above (0, 0). */
import type { Spot } from '../vector.ts'

export const room = { left: -7, right: 7, back: 6.3, front: -6.3, height: 5.2 } as const

/** Openings in the left and right walls, by the span of y they take; people come and go there. */
export const doors = {
  left: { x: room.left, from: 1.5, to: 3, height: 2.3 },
  right: { x: room.right, from: -0.7, to: 1.2, height: 2.5 },
} as const

/** Where people come from and go to: behind the side walls, out of the lens's sight. */
export const outside: readonly Spot[] = [
  [-8.3, 5],
  [8.3, 3.6],
]

/** Where some are when the tape starts. */
export const aisles: readonly Spot[] = [
  [-0.6, 1.3],
  [2.6, -2.8],
]

export type Task = 'operate' | 'assemble' | 'pack' | 'inspect' | 'stack' | 'adjust'

/** A place of work: who works there stands at `spot`, turned to `facing` (radians from +x). */
export interface Place {
  name: string
  spot: Spot
  facing: number
  task: Task
  /** Half the width (across the view of the worker) and half the depth of the region around the spot. */
  halfWidth: number
  halfDepth: number
  /** Shortest and longest stay. */
  seconds: readonly [number, number]
}

const up = Math.PI / 2
const down = -Math.PI / 2
const left = Math.PI

export const places: readonly Place[] = [
  {
    name: 'press',
    spot: [-3.3, 3],
    facing: up,
    task: 'operate',
    halfWidth: 0.75,
    halfDepth: 0.55,
    seconds: [2, 4.6],
  },
  {
    name: 'bench',
    spot: [0.3, 3.56],
    facing: down,
    task: 'assemble',
    halfWidth: 1.1,
    halfDepth: 0.5,
    seconds: [1.8, 3.6],
  },
  {
    name: 'packing table',
    spot: [3.64, 1.5],
    facing: left,
    task: 'pack',
    halfWidth: 0.9,
    halfDepth: 0.5,
    seconds: [1.8, 3.6],
  },
  {
    name: 'inspection',
    spot: [1.1, -0.8],
    facing: down,
    task: 'inspect',
    halfWidth: 0.65,
    halfDepth: 0.55,
    seconds: [1.8, 3.6],
  },
  {
    name: 'pallet',
    spot: [-2.1, -2.9],
    facing: down,
    task: 'stack',
    halfWidth: 0.85,
    halfDepth: 0.6,
    seconds: [1.8, 3.4],
  },
  {
    name: 'lathe',
    spot: [-3.6, -0.4],
    facing: left,
    task: 'adjust',
    halfWidth: 0.85,
    halfDepth: 0.55,
    seconds: [1.5, 3.6],
  },
]

/** Middles of machines that have moving parts. */
export const pressSpot: Spot = [-3.3, 4.35]
export const latheSpot: Spot = [-4.7, -0.4]

/** Middle of the pallet that robot and worker fill. */
export const palletSpot: Spot = [-2.1, -4.15]

/** The marked lane of the cart, with its two stops at the ends of the cross lane. */
export const lane = {
  gate: [9.6, -0.05] as Spot,
  junction: [-2.3, -0.05] as Spot,
  stops: [
    [-2.3, 1.95],
    [-2.3, -1.75],
  ] as readonly Spot[],
  halfWidth: 0.6,
} as const

/** A rectangle on the floor that nobody can walk through. */
export interface Obstacle {
  x: number
  y: number
  halfWidth: number
  halfDepth: number
}

const wallThickness = 0.2

/** The walls, with gaps where the doors are. */
export const wallObstacles: readonly Obstacle[] = [
  { x: 0, y: room.back + wallThickness, halfWidth: room.right, halfDepth: wallThickness },
  { x: 0, y: room.front - wallThickness, halfWidth: room.right, halfDepth: wallThickness },
  ...[doors.left, doors.right].flatMap(({ x, from, to }) =>
    [
      [room.front, from],
      [to, room.back],
    ].map(([low = 0, high = 0]) => ({
      x: x + Math.sign(x) * (wallThickness / 2),
      y: (low + high) / 2,
      halfWidth: wallThickness / 2,
      halfDepth: (high - low) / 2,
    })),
  ),
]
