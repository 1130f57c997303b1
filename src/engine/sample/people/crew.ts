/** @file The crew of the hall: who comes, where each works and for how long, who leaves. */

import type { Actor } from '../draw/actors.ts'
import { aisles, outside, type Place, places } from '../floor/plan.ts'
import type { Random } from '../random.ts'
import { distance, frameAt, type Spot } from '../vector.ts'
import { bodyShapes } from './body.ts'
import { walkingPose } from './gait.ts'
import { drawOutfit } from './outfit.ts'
import { blend } from './pose.ts'
import type { Walkways } from './route.ts'
import { type Neighbour, turnBetween, Walker } from './walker.ts'
import { work } from './work.ts'

const crewSize = 6
/** So many are at work when the tape starts. */
const atWorkFirst = 3
/** Nobody leaves while fewer than this are in the hall. */
const fewest = 3

type Duty =
  | { kind: 'away'; until: number }
  | { kind: 'going'; place: Place | null }
  | { kind: 'working'; place: Place; since: number; until: number }

interface Member {
  walker: Walker
  duty: Duty
  /** How far the hands have left their walking posture for the work, 0 … 1. */
  settled: number
}

/** How often somebody worked at a place. */
interface Visits {
  begun: number
  ended: number
  /** When the last ended. */
  left: number
}

/** Near enough to a spot outside that others there need not be pushed away from it. */
const isOutside = (position: Spot): boolean =>
  outside.some((spot) => distance(spot, position) < 0.7)

export class Crew {
  readonly #random: Random
  readonly #walkways: Walkways
  readonly #members: Member[]
  readonly #records = new Map<Place, Visits>()
  #seconds = 0

  constructor(random: Random, walkways: Walkways) {
    this.#random = random
    this.#walkways = walkways
    for (const place of places)
      this.#records.set(place, { begun: 0, ended: 0, left: random.between(-9, 0) })
    const deal = random.below(places.length)
    this.#members = Array.from({ length: crewSize }, (_, index) => ({
      walker: new Walker(drawOutfit(random, index + deal), random.pick(outside), 0),
      duty: { kind: 'away', until: 0 },
      settled: 0,
    }))
    this.#members.forEach((member, index) => {
      this.#begin(member, index, deal)
    })
  }

  /** The tape starts in the middle of a shift: some are at work, some on their way, one comes. */
  #begin(member: Member, index: number, deal: number): void {
    const place = places[(index * 2 + deal) % places.length]
    const spot = aisles[index - atWorkFirst]
    if (index < atWorkFirst && place) {
      const until = this.#random.between(0.8, 4)
      this.#record(place).begun++
      member.walker.position = place.spot
      member.walker.heading = place.facing
      member.duty = { kind: 'working', place, since: -3, until }
      member.settled = 1
    } else if (spot) {
      member.walker.position = spot
      this.#send(member)
    }
  }

  #record(place: Place): Visits {
    const record = this.#records.get(place) ?? { begun: 0, ended: 0, left: 0 }
    this.#records.set(place, record)
    return record
  }

  /** Where people are, for whoever has to keep clear of them. */
  get neighbours(): readonly Neighbour[] {
    return this.#present.map(({ walker }) => walker)
  }

  /** How often somebody has worked at a place and left it. */
  visitsTo(name: Place['name']): number {
    for (const [place, { ended }] of this.#records) if (place.name === name) return ended
    return 0
  }

  get #present(): readonly Member[] {
    return this.#members.filter(({ duty }) => duty.kind !== 'away')
  }

  /** Lets a moment of `seconds` pass; `obstacles` move through the hall as well. */
  step(seconds: number, obstacles: readonly Neighbour[]): void {
    this.#seconds += seconds
    const others = [...this.neighbours, ...obstacles]
    for (const member of this.#members) this.#live(member, seconds, others)
  }

  #live(member: Member, seconds: number, others: readonly Neighbour[]): void {
    const { walker, duty } = member
    const isWorking = duty.kind === 'working'
    member.settled = Math.min(1, Math.max(0, member.settled + (isWorking ? 2.2 : -2.8) * seconds))
    if (duty.kind === 'working') {
      walker.turnTo(duty.place.facing, seconds)
      if (this.#seconds >= duty.until) this.#finish(member, duty.place)
    } else if (duty.kind === 'going') {
      if (walker.lostGoal) this.#lead(member, walker.lostGoal)
      walker.walk(seconds, others)
      walker.position = this.#walkways.clear(walker.position)
      if (walker.hasArrived || (!duty.place && isOutside(walker.position)))
        this.#arrive(member, duty.place)
    } else if (this.#seconds >= duty.until) this.#enter(member)
  }

  #enter(member: Member): void {
    member.walker.position = this.#random.pick(outside)
    member.walker.heading = -Math.PI / 2
    this.#send(member)
  }

  #arrive(member: Member, place: Place | null): void {
    if (!place) {
      member.duty = { kind: 'away', until: this.#seconds + this.#random.between(2, 6) }
      return
    }
    const [shortest, longest] = place.seconds
    const until = this.#seconds + this.#random.between(shortest, longest)
    member.duty = { kind: 'working', place, since: this.#seconds, until }
  }

  #finish(member: Member, place: Place): void {
    const record = this.#record(place)
    record.ended++
    record.left = this.#seconds
    const staying = this.#present.filter(({ duty }) => duty.kind !== 'away' && duty.place !== null)
    const goes = staying.length > fewest && this.#random.chance(0.35)
    if (!goes && this.#send(member)) return
    this.#lead(member, this.#random.pick(outside))
    member.duty = { kind: 'going', place: null }
  }

  /** Sends someone to the place that needs it most; false when all are taken. */
  #send(member: Member): boolean {
    const taken = new Set(
      this.#members.map(({ duty }) => (duty.kind === 'away' ? null : duty.place)),
    )
    const need = (place: Place): number => {
      const { begun, left } = this.#record(place)
      return this.#seconds - left - 10 * begun
    }
    const [place] = places.filter((place) => !taken.has(place)).sort((a, b) => need(b) - need(a))
    if (!place) return false
    this.#record(place).begun++
    this.#lead(member, place.spot)
    member.duty = { kind: 'going', place }
    return true
  }

  #lead({ walker }: Member, goal: Spot): void {
    walker.follow(this.#walkways.route(walker.position, goal))
  }

  /** Everybody who is there, as shapes. */
  actors(): Actor[] {
    return this.#present.map((member) => ({ shapes: this.#shapesOf(member), person: true }))
  }

  #shapesOf({ walker, duty, settled }: Member): Actor['shapes'] {
    const { outfit, position, heading, cycle, speed } = walker
    let pose = walkingPose(outfit.gait, outfit.stature, cycle, speed)
    if (duty.kind === 'working') {
      const turning = Math.abs(turnBetween(heading, duty.place.facing))
      const share = settled * settled * (3 - 2 * settled) * Math.max(0, 1 - turning)
      pose = blend(pose, work[duty.place.task](this.#seconds - duty.since, outfit.stature), share)
    }
    return bodyShapes(outfit, pose, frameAt([...position, 0], heading - Math.PI / 2))
  }
}
