/** @file What hands and trunk do at each place of work, as a posture by time. */
import type { Task } from '../floor/plan.ts'
import { smoothstep } from '../vector.ts'
import type { Pose } from './pose.ts'

/** Seconds since the work began. */
type Motion = (seconds: number, stature: number) => Pose

const wave = (seconds: number, period: number, shift = 0): number =>
  Math.sin((seconds / period + shift) * 2 * Math.PI)

/** 0 to 1 and back within a period, resting at both ends. */
function swing(seconds: number, period: number, shift = 0): number {
  const part = (seconds / period + shift) % 1
  return smoothstep(0.05, 0.35, part) - smoothstep(0.55, 0.85, part)
}

/** Standing with a foot forward, the weight going from one to the other. */
function standing(seconds: number, stature: number): Pose {
  const ankle = 0.05 * stature
  const shift = 0.03 * wave(seconds, 5.3)
  return {
    pelvis: [shift, 0, 0.51 * stature],
    lean: 0.12,
    tilt: shift,
    twist: 0,
    feet: [
      [-0.12, -0.05, ankle],
      [0.13, 0.07, ankle],
    ],
    hands: [
      [-0.2, 0.32, 1],
      [0.2, 0.32, 1],
    ],
    turn: 0,
    nod: 0.45,
  }
}

/** Bends the knees and hips by a share of a deep bend. */
function bent(pose: Pose, share: number): Pose {
  const [x, y, z] = pose.pelvis
  return {
    ...pose,
    pelvis: [x, y - 0.22 * share, z - 0.25 * share],
    lean: pose.lean + 0.75 * share,
  }
}

export const work: Readonly<Record<Task, Motion>> = {
  operate: (seconds, stature) => {
    const load = swing(seconds, 2.6)
    const lever = swing(seconds, 2.6, 0.45)
    return {
      ...standing(seconds, stature),
      lean: 0.1 + 0.28 * load,
      twist: -0.25 * lever,
      hands: [
        [-0.16 - 0.1 * lever, 0.3 + 0.3 * load, 1 + 0.05 * load],
        [0.16 + 0.3 * lever, 0.3 + 0.3 * load, 1 + 0.35 * lever],
      ],
    }
  },
  assemble: (seconds, stature) => ({
    ...standing(seconds, stature),
    lean: 0.24 + 0.05 * wave(seconds, 3.1),
    twist: 0.18 * wave(seconds, 4.3),
    turn: 0.15 * wave(seconds, 4.3),
    nod: 0.6,
    hands: [
      [-0.2 + 0.09 * wave(seconds, 1.1), 0.4 + 0.06 * wave(seconds, 0.9), 1.02],
      [0.14 + 0.2 * swing(seconds, 3.7), 0.4 + 0.08 * wave(seconds, 0.8, 0.3), 1.04],
    ],
  }),
  pack: (seconds, stature) => {
    const over = 2 * swing(seconds, 3) - 1
    const lift = 0.16 * Math.abs(wave(seconds, 3, 0.1))
    return {
      ...standing(seconds, stature),
      lean: 0.28,
      twist: -0.5 * over,
      turn: -0.2 * over,
      hands: [
        [-0.18 + 0.36 * over, 0.42, 1.03 + lift],
        [0.18 + 0.36 * over, 0.42, 1.03 + lift],
      ],
    }
  },
  inspect: (seconds, stature) => ({
    ...standing(seconds, stature),
    lean: 0.2 + 0.12 * swing(seconds, 4.7),
    turn: 0.4 * wave(seconds, 5.9),
    nod: 0.4,
    hands: [
      [-0.22 + 0.05 * wave(seconds, 0.7), 0.38, 0.93],
      [0.2 + 0.18 * swing(seconds, 2.9), 0.4 + 0.1 * swing(seconds, 2.9), 0.98],
    ],
  }),
  stack: (seconds, stature) => {
    const down = swing(seconds, 3.4)
    const pose = bent(standing(seconds, stature), down)
    const height = 1.05 - 0.6 * down
    return {
      ...pose,
      twist: 0.3 * wave(seconds, 3.4, 0.2),
      hands: [
        [-0.22, 0.42 + 0.15 * down, height],
        [0.22, 0.42 + 0.15 * down, height],
      ],
    }
  },
  adjust: (seconds, stature) => {
    const down = swing(seconds, 5.2, 0.3)
    return {
      ...bent(standing(seconds, stature), 0.7 * down),
      turn: 0.2 * wave(seconds, 3.3),
      hands: [
        [-0.3 + 0.1 * wave(seconds, 1.7), 0.42, 1.15 - 0.4 * down],
        [0.25, 0.44 + 0.06 * wave(seconds, 0.9), 1.2 - 0.35 * down + 0.12 * wave(seconds, 2.1)],
      ],
    }
  },
}
