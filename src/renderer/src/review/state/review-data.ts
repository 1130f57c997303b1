/** @file A run as the Review screen works with it: its regions with their scores. */
import { byteAddress } from '../../../../shared/byte-routes.ts'
import type { Review, ScoredRegion } from '../../../../shared/contract/reviews.ts'
import type { RegionState, Tape } from '../../../../shared/contract/state.ts'
import { parseFrameList } from '../../../../shared/frame-list.ts'
import { colourAt } from '../../roi/drawn-region.ts'
import { askForBytes } from '../../state/ask-for-bytes.ts'
import { failureOf } from '../../state/bytes-failure.ts'
import type { EngineClient } from '../../state/engine-store.ts'
import { ScorePyramid } from '../timeline/pyramid.ts'
import type { Rules } from './recount.ts'

export interface ReviewRegion extends Omit<ScoredRegion, 'colour'> {
  colour: string
  sums: Float64Array
  pyramid: ScorePyramid
}

export interface ReviewData {
  review: Review
  /** Frames of the run's list, by position. */
  frames: Uint32Array
  /** Positions that have scores in every region. */
  done: number
  regions: readonly ReviewRegion[]
  kept: Rules
  /** What the scores depend on: the same text, the same scores. */
  scoresKey: string
}

export interface ReviewSource {
  client: EngineClient
  /** Handle of the project. */
  project: string
  tape: Tape
  /** Regions as they are drawn: others have other scores. */
  drawn: readonly RegionState[]
  /** The run that was chosen; null = the newest of the network in use. */
  run: number | null
}

async function loadScores(address: string): Promise<Float64Array> {
  const response = await askForBytes(address)
  if (!response.ok) throw await failureOf(response)
  return new Float64Array(await response.arrayBuffer())
}

/** Names, colours and groups change no score. */
function scoresKeyOf({ run, rule, regions }: Review, drawn: readonly RegionState[]): string {
  const shapes = drawn.map(({ id, kind, points }) => [id, kind, points])
  const known = regions.map(({ id, approximate }) => [id, approximate])
  return JSON.stringify([run.id, run.createdAt, run.done, rule.cut, known, shapes])
}

function framesOf({ frameList }: Review, tape: Tape, known: ReviewData | null): Uint32Array {
  if (known?.review.frameList === frameList) return known.frames
  return Uint32Array.from(parseFrameList(frameList, tape.frames))
}

/** What is as it was before stays the same object, so that nothing is counted or drawn again. */
function regionsOf(
  { regions: scored }: Review,
  sums: readonly Float64Array[],
  drawn: readonly RegionState[],
  known: ReviewData | null,
): readonly ReviewRegion[] {
  const places = [...drawn].sort((a, b) => a.position - b.position).map(({ id }) => id)
  const regions = scored.map((region, index): ReviewRegion => {
    const own = sums[index] ?? new Float64Array()
    const before = known?.regions[index]
    const colour = colourAt(region.colour, Math.max(0, places.indexOf(region.id)))
    const pyramid = before?.pyramid ?? new ScorePyramid(own)
    const now = { ...region, colour, sums: own, pyramid }
    return before && isEqual(before, now) ? before : now
  })
  const isSame = known?.regions.every((region, index) => region === regions[index])
  return known && isSame ? known.regions : regions
}

function isEqual(a: ReviewRegion, b: ReviewRegion): boolean {
  return (
    a.id === b.id &&
    a.name === b.name &&
    a.colour === b.colour &&
    a.group === b.group &&
    a.threshold === b.threshold &&
    a.approximate === b.approximate &&
    a.outdated === b.outdated &&
    a.sums === b.sums
  )
}

/**
 * What there is to review of a tape; null where nothing was run yet. Scores that are known from before
 * are not loaded again.
 *
 * @throws AppError what the engine says: `no-regions` …
 */
export async function loadReview(
  { client, project, tape, drawn, run }: ReviewSource,
  known: ReviewData | null,
): Promise<ReviewData | null> {
  const review = await client.call('review.open', {
    ...{ project, tape: tape.id },
    ...(run !== null && { run }),
  })
  if (!review) return null
  const scoresKey = scoresKeyOf(review, drawn)
  const isKnown = known?.scoresKey === scoresKey
  const sums = isKnown
    ? known.regions.map((region) => region.sums)
    : await Promise.all(
        review.regions.map(({ id }) =>
          loadScores(byteAddress.scores(project, review.run.id, id, review.rule.cut)),
        ),
      )
  const regions = regionsOf(review, sums, drawn, isKnown ? known : null)
  return {
    ...{ review, regions, scoresKey },
    frames: framesOf(review, tape, known),
    done: Math.min(review.run.frames, ...sums.map(({ length }) => length)),
    kept: { rule: review.rule, thresholds: review.regions.map(({ threshold }) => threshold) },
  }
}
