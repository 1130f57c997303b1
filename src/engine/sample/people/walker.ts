/** @file A person on the way: steering along a route, around others, with a gait. */
import { clamp, distance, type Spot } from '../vector.ts'
import { cycleLength } from './gait.ts'
import type { Outfit } from './outfit.ts'

/** Whatever people keep clear of. */
export interface Neighbour {
  readonly position: Spot
  readonly radius: number
}

const turnRate = 4.5
const acceleration = 3.2
const personRadius = 0.28

/** The difference of two directions, -pi … pi. */
export const turnBetween = (from: number, to: number): number =>
  Math.atan2(Math.sin(to - from), Math.cos(to - from))

export class Walker implements Neighbour {
  readonly outfit: Outfit
  readonly radius = personRadius
  position: Spot
  /** Radians from +x. */
  heading: number
  /** Metres per second. */
  speed = 0
  /** Part of the walking cycle, 0 … 1. */
  cycle = 0
  #way: Spot[] = []

  constructor(outfit: Outfit, position: Spot, heading: number) {
    this.outfit = outfit
    this.position = position
    this.heading = heading
  }

  follow(way: readonly Spot[]): void {
    this.#way = [...way]
  }

  get hasArrived(): boolean {
    return this.#way.length === 0
  }

  /** Turns on the spot, for a moment of `seconds`. */
  turnTo(heading: number, seconds: number): void {
    this.speed = 0
    const turn = turnBetween(this.heading, heading)
    this.heading += clamp(turn, -turnRate * seconds, turnRate * seconds)
  }

  /** Walks on for a moment of `seconds`. */
  walk(seconds: number, others: readonly Neighbour[]): void {
    const [goal] = this.#way
    if (!goal) return
    const left = distance(this.position, goal)
    const isLast = this.#way.length === 1
    if (left < (isLast ? 0.07 : 0.3)) {
      this.#way.shift()
      return
    }
    const aim = this.#aim(
      goal,
      isLast ? others.filter((other) => distance(other.position, goal) > 0.9) : others,
    )
    const turn = turnBetween(this.heading, Math.atan2(aim[1], aim[0]))
    this.heading += clamp(turn, -turnRate * seconds, turnRate * seconds)
    const wanted =
      this.outfit.gait.speed *
      Math.max(0.15, Math.cos(turn)) *
      (isLast ? clamp(left * 2.2, 0.25, 1) : 1)
    this.speed += clamp(wanted - this.speed, -2 * acceleration * seconds, acceleration * seconds)
    const step = Math.min(this.speed * seconds, left)
    this.position = [
      this.position[0] + step * Math.cos(this.heading),
      this.position[1] + step * Math.sin(this.heading),
    ]
    this.cycle = (this.cycle + step / cycleLength(this.outfit.gait, this.outfit.stature)) % 1
  }

  /** The direction to walk in: to the goal, and past others on the right. */
  #aim(goal: Spot, others: readonly Neighbour[]): Spot {
    const [x, y] = this.position
    const left = distance(this.position, goal)
    let [aimX, aimY] = [(goal[0] - x) / left, (goal[1] - y) / left]
    for (const other of others) {
      if (other === this) continue
      const [dx, dy] = [other.position[0] - x, other.position[1] - y]
      const gap = Math.hypot(dx, dy) - this.radius - other.radius
      const ahead = dx * Math.cos(this.heading) + dy * Math.sin(this.heading)
      if (gap > 0.9 || ahead < -0.1) continue
      const push = (0.9 - Math.max(0, gap)) * 1.1
      const away = Math.hypot(dx, dy) + 1e-6
      aimX += (push * (dy * 0.8 - dx)) / away
      aimY += (push * (-dx * 0.8 - dy)) / away
    }
    return [aimX, aimY]
  }
}
