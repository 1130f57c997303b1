/**
 * @file `--lens auto`: the image circle of a fisheye tape, found in its pictures, and a view that
 * makes sense in it.
 */
import { AppError } from '../../shared/errors.ts'
import type { Lens, Size, View } from '../../shared/recipe.ts'
import type { Circle } from './circle.ts'
import { type Surround, surroundsOf } from './lens-candidates.ts'
import type { CircleEvidence } from './lens-circle.ts'
import { refineCircle } from './lens-rim.ts'
import { type RgbPicture, reduced } from './lens-surround.ts'
import { straightView } from './lens-view.ts'
import { inscribedCircle, isFrameOfLens } from './square-frame.ts'

export interface FoundLens {
  lens: Lens
  view: View
  /** 0 … 1: how well the pictures support the circle. */
  confidence: number
  /** In a sentence, what the proposal rests on. */
  why: string
}

/** Circles that fewer of the visible rim's places agree with are chance. */
const leastAgreement = 0.6
/** So much of the rim has to be in the picture, as a share of the whole. */
const leastSeen = 0.1
/** Half the rim is as good as all of it. */
const enoughSeen = 0.5

/** Pictures do not show the field of view of a lens; most cover the half sphere. */
const assumedFov = 180

/**
 * Finds the lens in some pictures of a tape, better of different times: RGB, `[height, width, 3]`.
 * The field of view cannot be seen and is taken to be 180 degrees.
 *
 * @throws AppError `no-lens-found` when no image circle is in the pictures.
 */
export function findLens(pictures: readonly Uint8Array[], size: Size): FoundLens {
  const full = pictures.map((data): RgbPicture => ({ ...size, data }))
  const small = full.map(reduced)
  const [first] = small
  if (!first) throw noLensFound('there is no picture to look at')
  const surrounds = surroundsOf(small)
  const best = surrounds.reduce((a, b) => (score(b) > score(a) ? b : a))
  const circle = best.evidence && scaled(best.evidence.circle, first.block)
  if (circle && best.evidence && isConvincing(best.evidence)) {
    const shots = full.map((picture, i) => ({ picture, surround: best.colours[i] ?? [0, 0, 0] }))
    const lens = lensOf(refineCircle(circle, shots))
    return { ...reasons(best.evidence), lens, view: straightView(lens, best.map, first.block) }
  }
  const framed = surrounds.find(({ map }) => isFrameOfLens(map))
  if (!framed) throw noLensFound('its pictures show no image circle')
  const lens = lensOf(inscribedCircle(size))
  return { ...framedReasons, lens, view: straightView(lens, framed.map, first.block) }
}

/** Whole pixels: more is not known, and FFmpeg centres such a lens without interpolating for it. */
function lensOf({ cx, cy, radius }: Circle): Lens {
  return {
    cx: Math.round(cx),
    cy: Math.round(cy),
    radius: Math.round(radius),
    fov: assumedFov,
    projection: 'equidistant',
  }
}

const assumption = `a field of view of ${assumedFov}° is assumed`

/** The rim itself is out of sight when only the frame speaks for a circle. */
const framedReasons = {
  confidence: 0.3,
  why:
    'no rim is lit; the tape is square and what is lit in it has the bent outline of a lens, ' +
    `so the circle inscribed in it is taken; ${assumption}`,
}

function reasons({ seen, agreement }: CircleEvidence): Pick<FoundLens, 'confidence' | 'why'> {
  const percent = (share: number): string => `${Math.round(100 * share)} %`
  return {
    confidence: agreement * Math.min(1, seen / enoughSeen),
    why:
      `the rim is seen over ${percent(seen)} of the circle, ` +
      `which is ${percent(agreement)} of what lies in the tape; ${assumption}`,
  }
}

function noLensFound(why: string): AppError {
  return new AppError(
    'no-lens-found',
    `no fisheye lens was found in the tape: ${why}`,
    'Leave --lens out for an ordinary camera, or give --lens CX,CY,RADIUS[,FOV] in tape pixels.',
  )
}

function score({ evidence }: Surround): number {
  return evidence ? evidence.seen * evidence.agreement : 0
}

function isConvincing({ seen, agreement }: CircleEvidence): boolean {
  return seen >= leastSeen && agreement >= leastAgreement
}

/** From small pictures to the tape's. */
function scaled({ cx, cy, radius }: Circle, block: number): Circle {
  return { cx: cx * block, cy: cy * block, radius: radius * block }
}
