/** @file How well a network finds people while it learns, as lines to draw. */
import type { TrainingState } from '../../../shared/contract/training.ts'
import type { Curve, DrawnLine } from './curves.ts'

/**
 * 'overlap' = looks of the part under way, or of the last one; 'overlap-before' = of a part before;
 * 'level' = the network before training; 'selection' = all held-out frames, before and after.
 */
export type OverlapTone = 'overlap' | 'overlap-before' | 'level' | 'selection'

type Trained = Pick<TrainingState, 'parts' | 'watched' | 'heldOut' | 'selection'>

/** `0.83` */
const share = (value: number): string => value.toFixed(2)

function isHeldOut({ watched, heldOut }: Trained): boolean {
  return heldOut.some(({ tape, frame }) => tape === watched?.tape && frame === watched.frame)
}

/** The looks of a part as a line; the last part learns from the frame, too. */
function looksLine(training: Trained, at: number, isNow: boolean): DrawnLine {
  const looks = training.parts[at]?.looks ?? []
  const isTrial = isHeldOut(training) && at < training.parts.length - 1
  const curve: Curve = {
    xs: looks.map(({ iteration }) => iteration),
    ys: looks.map(({ personIou }) => personIou),
  }
  const how = isTrial ? 'held out' : 'which it learns from'
  const title = `IoU on the frame being watched (${training.watched?.frame}, ${how}): ${share(curve.ys.at(-1) ?? 0)}`
  return { line: { title, tone: isNow ? 'overlap' : 'overlap-before' }, curve }
}

/** What the network before scores on the frame, all along. */
function levelLine({ watched, parts }: Trained): DrawnLine[] {
  if (watched?.base === null || watched?.base === undefined) return []
  const title = `the network before, on that frame: ${share(watched.base)}`
  const curve = { xs: [1, lastIteration(parts)], ys: [watched.base, watched.base] }
  return [{ line: { title, tone: 'level' }, curve }]
}

function selectionMarks({ selection, heldOut, parts }: Trained): DrawnLine[] {
  if (!selection) return []
  const [before, after] = [selection.base.personIou, selection.new.personIou]
  const frames =
    heldOut.length === 1 ? 'the held-out frame' : `all ${heldOut.length} held-out frames`
  const title = `selection score, on ${frames}: ${share(before)} before, ${share(after)} after`
  const curve = { xs: [1, lastIteration(parts)], ys: [before, after] }
  return [{ line: { title, tone: 'selection' }, curve }]
}

/** Of the longest part: where the chart ends. */
export function lastIteration(parts: TrainingState['parts']): number {
  return Math.max(2, ...parts.map(({ iterations }) => iterations))
}

/** Lines from 0 to 1, the ones in the foreground last; none as long as nothing was looked at. */
export function overlapLines(training: Trained): DrawnLine[] {
  const { parts, watched } = training
  const looked = parts.flatMap(({ looks }, at) => (looks.length > 0 ? [at] : []))
  const last = looked.at(-1)
  const looks = watched ? looked.map((at) => looksLine(training, at, at === last)) : []
  return [...levelLine(training), ...looks, ...selectionMarks(training)]
}

/** For those who cannot see the lines: `overlap with your mask from 0.41 to 0.83`; empty without looks. */
export function spokenOverlap({ parts }: Trained): string {
  const values = parts.flatMap(({ looks }) => looks.map(({ personIou }) => personIou))
  const [first, last] = [values[0], values.at(-1)]
  if (first === undefined || last === undefined) return ''
  return `; overlap with your mask on the frame being watched, from ${share(first)} to ${share(last)}`
}
