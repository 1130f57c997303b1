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
/** Seconds to walk to one spot before asking for the way again: others may have pushed one off it. */
const patience = 2.5

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
  /** Seconds since the last spot of the way was reached. */
  #underWay = 0

  constructor(outfit: Outfit, position: Spot, heading: number) {
    this.outfit = outfit
    this.position = position
    this.heading = heading
  }

  /** Where the way ends when it is time to look for it anew, otherwise null. */
  get lostGoal(): Spot | null {
    return this.#underWay > patience ? (this.#way.at(-1) ?? null) : null
  }

  follow(way: readonly Spot[]): void {
    this.#way = [...way]
    this.#underWay = 0
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
    this.#underWay += seconds
    if (left < (isLast ? 0.07 : 0.3)) {
      this.#way.shift()
      this.#underWay = 0
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
    const [x, y] = this.position
    this.position = this.#apart(
      [x + step * Math.cos(this.heading), y + step * Math.sin(this.heading)],
      others,
    )
    this.cycle = (this.cycle + step / cycleLength(this.outfit.gait, this.outfit.stature)) % 1
  }

  /** The spot, or one beside it that leaves others their room. */
  #apart(spot: Spot, others: readonly Neighbour[]): Spot {
    return others.reduce((at, other): Spot => {
      const away = distance(at, other.position)
      const room = 0.65 * (this.radius + other.radius)
      if (other === this || away >= room || away < 1e-6) return at
      const push = (room - away) / away
      return [
        at[0] + (at[0] - other.position[0]) * push,
        at[1] + (at[1] - other.position[1]) * push,
      ]
    }, spot)
  }

  /** The direction to walk in: to the goal, and past others. */
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
      const push = ((0.9 - Math.max(0, gap)) * 1.1) / (Math.hypot(dx, dy) + 1e-6)
      // Past whoever is on the right to their left, past all others to their right.
      const side = aimX * dy - aimY * dx < -0.15 ? -0.8 : 0.8
      aimX += push * (side * dy - dx)
      aimY += push * (-side * dx - dy)
    }
    return [aimX, aimY]
  }
}
