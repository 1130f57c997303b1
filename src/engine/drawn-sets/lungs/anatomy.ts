/** @file The outlines of a chest, each person's a little different. Left is left in the picture. */
import type { Random } from '../../sample/random.ts'
import { onPixels, smoothLine, smoothRing } from '../drawing/curves.ts'
import type { Spot } from '../drawing/shapes.ts'

export interface Chest {
  /** Ring of what is not air around the body. */
  body: Spot[]
  /** Rings of the two lungs. */
  lungs: readonly [Spot[], Spot[]]
  middle: number
  /** Height of the apexes, and of the domes of the diaphragm. */
  top: number
  domes: readonly [number, number]
  /** Half the width of the rib cage at its widest. */
  halfWidth: number
  heart: { centre: Spot; rx: number; ry: number; turn: number }
}

interface Build {
  middle: number
  top: number
  bottom: number
  halfWidth: number
  heart: number
}

/** Points of a lung for side -1 or 1, from the apex outwards, along the dome and up the middle. */
function lungPoints({ middle, top, bottom, halfWidth, heart }: Build, side: -1 | 1): Spot[] {
  const height = bottom - top
  const hollow = side === 1 ? heart : 0.3 * heart
  const foot = 0.26 + hollow * 0.8
  const across = (share: number): number => middle + side * halfWidth * share
  const down = (share: number): number => top + height * share
  return [
    [across(0.42), down(0)],
    [across(0.66), down(0.09)],
    [across(0.84), down(0.28)],
    [across(0.95), down(0.55)],
    [across(0.99), down(0.82)],
    [across(0.98), down(1.02)],
    [across(0.98 - (0.98 - foot) * 0.3), down(0.93)],
    [across(0.98 - (0.98 - foot) * 0.65), down(0.87)],
    [across(foot), down(0.89)],
    [across(0.25 + hollow), down(0.76)],
    [across(0.2 + hollow * 0.55), down(0.6)],
    [across(0.2), down(0.42)],
    [across(0.17), down(0.22)],
    [across(0.22), down(0.06)],
  ]
}

/** The body from the neck round by the left of the picture, symmetric but for the shaking. */
function bodyPoints({ middle, top, halfWidth }: Build, random: Random): Spot[] {
  const neck = random.between(0.11, 0.15)
  const shoulder = halfWidth + random.between(0.08, 0.15)
  const waist = halfWidth + random.between(0.02, 0.07)
  const side = (sign: -1 | 1): Spot[] => [
    [middle + sign * neck, -0.1],
    [middle + sign * neck, top - 0.09],
    [middle + sign * (neck + 0.12), top - 0.02],
    [middle + sign * shoulder, top + random.between(0.07, 0.12)],
    [middle + sign * (shoulder + random.between(-0.02, 0.05)), top + 0.26],
    [middle + sign * (waist + 0.02), top + 0.42],
    [middle + sign * waist, 0.9],
    [middle + sign * waist, 1.15],
  ]
  return [...side(-1), ...side(1).reverse()]
}

export function drawChest(random: Random, size: number): Chest {
  const top = random.between(0.1, 0.2)
  const build = {
    middle: random.between(0.46, 0.54),
    top,
    bottom: top + random.between(0.52, 0.68),
    halfWidth: random.between(0.27, 0.37),
    heart: random.between(0.2, 0.42),
  }
  const { middle, halfWidth, bottom } = build
  const raised = random.between(0, 0.05)
  const domes = [bottom - raised, bottom] as const
  const lungOf = (side: -1 | 1): Spot[] => {
    const own = { ...build, bottom: side === -1 ? domes[0] : domes[1] }
    const points = lungPoints(own, side).map(([x, y]): Spot => {
      const by = 0.012
      return [x + random.between(-by, by), y + random.between(-by, by)]
    })
    return onPixels(smoothRing(points, 3), size)
  }
  const ry = random.between(0.13, 0.16)
  return {
    ...{ middle, top, domes, halfWidth },
    body: smoothRing(bodyPoints(build, random)),
    lungs: [lungOf(-1), lungOf(1)],
    heart: {
      centre: [middle + halfWidth * build.heart * 0.35, bottom - 0.13],
      rx: halfWidth * (0.2 + build.heart * 0.75),
      ry,
      turn: random.between(0.2, 0.6),
    },
  }
}

/** The middle line of a rib on one side; 0 is the uppermost. Those in front slope the other way. */
export function ribLine(
  { middle, top, domes, halfWidth }: Chest,
  { side, number, front }: { side: -1 | 1; number: number; front: boolean },
): Spot[] {
  const pitch = (domes[1] - top) / 7.5
  const start = top - 0.01 + number * pitch
  const wide = halfWidth * Math.min(1.03, 0.62 + 0.16 * number)
  const at = (share: number, drop: number): Spot => [
    middle + side * wide * share,
    start + pitch * drop,
  ]
  const points = front
    ? [at(1.0, 1.1), at(0.85, 1.75), at(0.6, 2.3), at(0.4, 2.4)]
    : [at(0.1, 0.1), at(0.38, -0.25), at(0.72, 0.15), at(0.94, 0.75), at(1.02, 1.5)]
  return smoothLine(points)
}
