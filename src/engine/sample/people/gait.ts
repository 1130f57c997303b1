/** @file How people walk and stand. */
import type { Vector } from '../vector.ts'
import type { Pair, Pose } from './pose.ts'

/** What tells one person's walk from another's. */
export interface Gait {
  /** Metres per second when in no hurry. */
  speed: number
  /** Length of a step as a share of the stature. */
  step: number
  /** Radians that the arms swing to each side. */
  armSwing: number
  lean: number
  /** Distance of the feet from the middle, metres. */
  stance: number
  /** Metres that the hips move from side to side. */
  sway: number
}

/** Share of a cycle that a foot is on the floor. */
const planted = 0.6

/** Where an ankle is along and above the way, at a part of its own cycle. */
function footPath(part: number, stride: number, lift: number): { along: number; above: number } {
  if (part < planted) return { along: stride * (0.5 - part / planted), above: 0 }
  const swing = (part - planted) / (1 - planted)
  const eased = swing * swing * (3 - 2 * swing)
  return { along: stride * (eased - 0.5), above: lift * Math.sin(Math.PI * swing) }
}

/**
 * The posture at a part of the walking cycle (0 … 1, two steps) at a speed; at speed 0 it stands.
 */
export function walkingPose(gait: Gait, stature: number, cycle: number, speed: number): Pose {
  const share = Math.min(1, speed / gait.speed)
  const turn = cycle * 2 * Math.PI
  const stride = 2 * gait.step * stature * planted * share
  const ankle = 0.05 * stature
  const foot = (side: -1 | 1): Vector => {
    const part = (cycle + (side > 0 ? 0.5 : 0)) % 1
    const { along, above } = footPath(part, stride, 0.09 * share)
    return [side * gait.stance, along, ankle + above]
  }
  const hand = (side: -1 | 1): Vector => {
    // The arm goes forwards with the other side's foot.
    const swing = side * gait.armSwing * share * Math.sin(turn + 0.6) + 0.1
    const reach = 0.3 * stature
    return [
      side * (0.135 * stature + 0.02),
      reach * Math.sin(swing) + 0.04,
      0.8 * stature - reach * Math.cos(swing),
    ]
  }
  const feet: Pair<Vector> = [foot(-1), foot(1)]
  return {
    pelvis: [
      gait.sway * share * Math.sin(turn),
      0,
      0.515 * stature - 0.015 + 0.018 * share * Math.cos(2 * turn),
    ],
    lean: gait.lean + 0.05 * share,
    tilt: 0,
    twist: 0.12 * share * Math.sin(turn + 0.6),
    feet,
    hands: [hand(-1), hand(1)],
    turn: 0,
    nod: 0.1,
  }
}

/** Length of a whole cycle (two steps) on the floor. */
export const cycleLength = (gait: Gait, stature: number): number => 2 * gait.step * stature
