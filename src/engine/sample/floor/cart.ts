/** @file The cart that drives its lane by itself and waits for people in its way. */
import type { Actor } from '../draw/actors.ts'
import type { Shape } from '../draw/shape.ts'
import { type Neighbour, turnBetween } from '../people/walker.ts'
import { clamp, type Spot } from '../vector.ts'
import { paints } from './paints.ts'
import { lane } from './plan.ts'
import { standAt } from './stand.ts'

const cruise = 1
const turnRate = 1.6
const stopSeconds = 2.5
/** Seconds after which it pushes on, slowly, lest it and people wait for each other for ever. */
const patience = 4
const creep = 0.3

/** The round: in through the gate, to both stops, out again; a wait ends some stretches. */
const round: readonly { to: Spot; wait: number }[] = [
  { to: lane.junction, wait: 0 },
  ...lane.stops.map((to) => ({ to, wait: stopSeconds })),
  { to: lane.junction, wait: 0 },
  { to: lane.gate, wait: 4 },
]

export class Cart implements Neighbour {
  readonly radius = 0.5
  position: Spot
  #heading = Math.PI
  #speed = 0
  #leg = 0
  #waiting = 0
  /** Seconds since somebody is in the way. */
  #blocked = 0

  /** Starts `share` of the way from the gate to the junction. */
  constructor(share: number) {
    const { gate, junction } = lane
    this.position = [gate[0] + (junction[0] - gate[0]) * share, gate[1]]
  }

  step(seconds: number, people: readonly Neighbour[]): void {
    this.#waiting -= seconds
    const leg = round[this.#leg]
    if (this.#waiting > 0 || !leg) return
    const [dx, dy] = [leg.to[0] - this.position[0], leg.to[1] - this.position[1]]
    const left = Math.hypot(dx, dy)
    if (left < 0.03) {
      this.#waiting = leg.wait
      this.#leg = (this.#leg + 1) % round.length
      this.#speed = 0
      return
    }
    const turn = turnBetween(this.#heading, Math.atan2(dy, dx))
    if (Math.abs(turn) > 0.02) {
      this.#heading += clamp(turn, -turnRate * seconds, turnRate * seconds)
      return
    }
    this.#blocked = this.#isBlocked(people) ? this.#blocked + seconds : 0
    const blockedSpeed = this.#blocked > patience ? creep : 0
    const wanted = this.#blocked > 0 ? blockedSpeed : Math.min(cruise, 0.15 + left * 1.2)
    this.#speed += clamp(wanted - this.#speed, -4 * seconds, 0.9 * seconds)
    const step = Math.min(left, this.#speed * seconds)
    this.position = [this.position[0] + (dx / left) * step, this.position[1] + (dy / left) * step]
  }

  /** Somebody stands or walks in front, nearer than the cart needs to stop. */
  #isBlocked(people: readonly Neighbour[]): boolean {
    const [cos, sin] = [Math.cos(this.#heading), Math.sin(this.#heading)]
    return people.some(({ position: [x, y] }) => {
      const [dx, dy] = [x - this.position[0], y - this.position[1]]
      const ahead = dx * cos + dy * sin
      return ahead > 0 && ahead < 1.5 && Math.abs(dy * cos - dx * sin) < 0.75
    })
  }

  actor(): Actor {
    const at = standAt(this.position, this.#heading)
    const posts = [-0.42, 0.42].flatMap((x) =>
      [-0.32, 0.32].map((y) => at.post([x, y, 0.3], 0.95, 0.018, paints.steel)),
    )
    const shapes: Shape[] = [
      at.block([0, 0, 0.05], [1.05, 0.72, 0.24], paints.blue),
      at.block([0.5, 0, 0.06], [0.08, 0.74, 0.14], paints.hazard),
      at.block([-0.5, 0, 0.06], [0.08, 0.74, 0.14], paints.hazard),
      ...posts,
      at.block([0, 0, 1.22], [0.9, 0.7, 0.03], paints.steel),
      at.block([-0.18, 0.05, 0.3], [0.42, 0.5, 0.5], paints.cartonDark),
      at.block([0.22, -0.05, 0.3], [0.36, 0.46, 0.4], paints.blueBin),
      at.block([0.05, 0, 1.25], [0.5, 0.44, 0.34], paints.carton),
      at.post([-0.4, 0.25, 1.25], 0.12, 0.04, paints.signalGreen),
    ]
    return { shapes, person: false }
  }
}
