/** @file The crew of the hall: who comes, where each works and for how long, who leaves. */

import type { Actor } from '../draw/actor.ts'
import { outside, type Place, places } from '../floor/plan.ts'
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
    this.#members = Array.from({ length: crewSize }, (_, index) => this.#recruit(index, deal))
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

  /** The tape starts in the middle of a shift: half of the crew is at work, the others come. */
  #recruit(index: number, deal: number): Member {
    const outfit = drawOutfit(this.#random, index + deal)
    const place = places[(index * 2 + deal) % places.length]
    if (index < 3 && place) {
      const until = this.#random.between(0.8, 4)
      const record = this.#records.get(place)
      if (record) record.begun++
      const duty: Duty = { kind: 'working', place, since: -3, until }
      return { walker: new Walker(outfit, place.spot, place.facing), duty, settled: 1 }
    }
    const walker = new Walker(outfit, this.#random.pick(outside), 0)
    return { walker, duty: { kind: 'away', until: (index - 3) * 1.7 }, settled: 0 }
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
    const record = this.#records.get(place)
    if (record) {
      record.ended++
      record.left = this.#seconds
    }
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
      const { begun, left } = this.#records.get(place) ?? { begun: 0, left: 0 }
      return this.#seconds - left - 10 * begun
    }
    const [place] = places.filter((place) => !taken.has(place)).sort((a, b) => need(b) - need(a))
    const record = place && this.#records.get(place)
    if (!place || !record) return false
    record.begun++
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
