/** @file The robot arm that moves a carton between conveyor and pallet, and back. */
import type { Actor } from '../draw/actors.ts'
import { beam, box, cylinder, type Shape } from '../draw/shape.ts'
import { add, length, mix, normalise, scale, smoothstep, subtract, type Vector } from '../vector.ts'
import { paints } from './paints.ts'

const foot: Vector = [-0.35, -4.8, 0.06]
const shoulderHeight = 0.85
const bones = [1.15, 1.1] as const

/** Above the floor; the carton hangs 0.15 below the tool. */
const conveyorEnd: Vector = [1.05, -4.3, 1.1]
const palletTop: Vector = [-1.9, -4.1, 1.4]
const rest: Vector = [-0.35, -3.5, 1.5]
const above = (point: Vector): Vector => [point[0], point[1], 1.8]

/** Where the tool is at the end of each stretch, and whether it holds the carton on the way. */
const round: readonly { to: Vector; seconds: number; holds: boolean }[] = [
  { to: above(conveyorEnd), seconds: 1.3, holds: false },
  { to: conveyorEnd, seconds: 0.7, holds: false },
  { to: above(conveyorEnd), seconds: 0.8, holds: true },
  { to: above(palletTop), seconds: 1.7, holds: true },
  { to: palletTop, seconds: 0.8, holds: true },
  { to: above(palletTop), seconds: 0.6, holds: false },
  { to: rest, seconds: 1.1, holds: false },
  { to: rest, seconds: 1.2, holds: false },
  { to: above(palletTop), seconds: 1.1, holds: false },
  { to: palletTop, seconds: 0.7, holds: false },
  { to: above(palletTop), seconds: 0.8, holds: true },
  { to: above(conveyorEnd), seconds: 1.8, holds: true },
  { to: conveyorEnd, seconds: 0.8, holds: true },
  { to: rest, seconds: 1.4, holds: false },
]
const period = round.reduce((sum, { seconds }) => sum + seconds, 0)

interface Moment {
  tool: Vector
  carton: Vector
}

function momentAt(seconds: number): Moment {
  let left = seconds % period
  let from: Vector = rest
  let lying: Vector = conveyorEnd
  for (const { to, seconds: lasts, holds } of round) {
    if (left < lasts) {
      const tool = swingBetween(from, to, smoothstep(0, 1, left / lasts))
      return { tool, carton: holds ? tool : lying }
    }
    left -= lasts
    if (holds) lying = to
    from = to
  }
  return { tool: rest, carton: conveyorEnd }
}

/** The arm turns about its foot: from one point to another on an arc around it. */
function swingBetween(a: Vector, b: Vector, share: number): Vector {
  const straight = mix(a, b, share)
  const radius = (point: Vector): number => Math.hypot(point[0] - foot[0], point[1] - foot[1])
  const wanted = radius(a) + (radius(b) - radius(a)) * share
  const grow = wanted / Math.max(0.3, radius(straight))
  return [
    foot[0] + (straight[0] - foot[0]) * grow,
    foot[1] + (straight[1] - foot[1]) * grow,
    straight[2],
  ]
}

/** Where the elbow is for a tool position: above the line from shoulder to wrist. */
function elbowOf(shoulder: Vector, wrist: Vector): Vector {
  const span = subtract(wrist, shoulder)
  const reach = Math.min(length(span), bones[0] + bones[1] - 1e-3)
  const along = (bones[0] ** 2 - bones[1] ** 2 + reach ** 2) / (2 * reach)
  const up = Math.sqrt(Math.max(0, bones[0] ** 2 - along ** 2))
  const way = normalise(span)
  const across = normalise([-way[0] * way[2], -way[1] * way[2], 1 - way[2] ** 2])
  return add(shoulder, add(scale(way, along), scale(across, up)))
}

/** Everything that moves of the robot at a time, with the carton. */
export function robotAt(seconds: number): Actor {
  const { tool, carton } = momentAt(seconds)
  const shoulder: Vector = [foot[0], foot[1], shoulderHeight]
  const wrist = add(tool, [0, 0, 0.25])
  const elbow = elbowOf(shoulder, wrist)
  const side = normalise([-(wrist[1] - foot[1]), wrist[0] - foot[0], 0])
  const axle = (at: Vector, half: number, radius: number): Shape =>
    cylinder(subtract(at, scale(side, half)), add(at, scale(side, half)), radius, paints.robotJoint)
  const angle = Math.atan2(tool[1] - foot[1], tool[0] - foot[0])
  return {
    person: false,
    shapes: [
      cylinder(foot, add(foot, [0, 0, 0.3]), 0.3, paints.robotJoint),
      cylinder(add(foot, [0, 0, 0.3]), shoulder, 0.24, paints.robot),
      axle(shoulder, 0.26, 0.17),
      beam(shoulder, elbow, { width: 0.24, depth: 0.26, side }, paints.robot),
      axle(elbow, 0.2, 0.14),
      beam(elbow, wrist, { width: 0.18, depth: 0.2, side }, paints.robot),
      axle(wrist, 0.12, 0.1),
      cylinder(tool, wrist, 0.07, paints.robotJoint),
      box(add(tool, [0, 0, 0.02]), [0.34, 0.3, 0.06], paints.steel, angle),
      box(add(carton, [0, 0, -0.16]), [0.5, 0.4, 0.3], paints.carton, 0.1),
    ],
  }
}
