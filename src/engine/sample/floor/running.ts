/** @file Parts of machines that go on moving when nobody is there. */
import type { Actor } from '../draw/actors.ts'
import { smoothstep } from '../vector.ts'
import { paints } from './paints.ts'
import { latheSpot, pressSpot } from './plan.ts'
import { standAt } from './stand.ts'

/** 0 to 1 and back in each period; rests at both ends. */
function stroke(seconds: number, period: number, there: number, back: number): number {
  const part = (seconds % period) / period
  return smoothstep(0.02, there, part) - smoothstep(there + 0.18, back, part)
}

/** The ram of the press with its tool, and the fence that opens in front of it. */
export function pressAt(seconds: number): Actor {
  const at = standAt(pressSpot)
  const down = stroke(seconds, 5.2, 0.2, 0.75)
  const open = stroke(seconds + 2, 10.4, 0.12, 0.6)
  return {
    person: false,
    shapes: [
      at.block([0, -0.05, 1.42 - 0.36 * down], [0.75, 0.6, 0.55], paints.steel),
      at.block([0, -0.05, 1.32 - 0.36 * down], [0.6, 0.5, 0.1], paints.greyDark),
      at.box([-0.6 - 0.75 * open, -0.78, 1.3], [0.7, 0.05, 0.85], paints.yellow),
    ],
  }
}

/** The sliding guard of the lathe and the carriage behind it. */
export function latheAt(seconds: number): Actor {
  const at = standAt(latheSpot, Math.PI / 2)
  const closed = stroke(seconds, 8.3, 0.15, 0.7)
  const feed = stroke(seconds, 4.1, 0.5, 0.9)
  return {
    person: false,
    shapes: [
      at.box([0.95 - 0.75 * closed, -0.5, 1.28], [0.8, 0.05, 0.8], paints.blue),
      at.box([0.95 - 0.75 * closed, -0.53, 1.35], [0.5, 0.02, 0.4], paints.black),
      at.block([0.1 + 0.5 * feed, -0.18, 0.85], [0.3, 0.34, 0.34], paints.red),
    ],
  }
}
