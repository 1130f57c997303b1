/** @file Steps of a training as curves to draw. */
import type { TrainingState, TrainingStep } from '../../../shared/contract/training.ts'
import type { OverlapTone } from './overlap-curves.ts'

export interface Curve {
  xs: readonly number[]
  ys: readonly number[]
}

/** Curves over the same xs, as a chart takes them; null where one of them has no point. */
export interface ChartData {
  xs: readonly number[]
  rows: readonly (readonly (number | null)[])[]
}

/** How much of the mean before stays with each point: the mean of about ten of them. */
const keeps = 0.9

/** Points of a curve: a few for each pixel of a chart are enough. */
const mostPoints = 400

/**
 * A moving mean that falls off exponentially and does not start at zero: Kingma and Ba, Adam
 * (https://arxiv.org/abs/1412.6980), section 3.
 */
export function smoothed(values: readonly number[]): number[] {
  let mean = 0
  let weight = 0
  return values.map((value) => {
    mean = keeps * mean + (1 - keeps) * value
    weight = keeps * weight + (1 - keeps)
    return mean / weight
  })
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/**
 * Means of equal stretches of x, where there are more than `most` points: of points that lie close
 * together in one part of a curve and far apart in another. The last point stays as it is.
 */
export function decimated({ xs, ys }: Curve, most: number): Curve {
  const [first = 0, last = 0] = [xs[0], xs.at(-1)]
  if (xs.length <= most || last <= first) return { xs, ys }
  const stretch = (last - first) / (most - 1)
  const stretches = new Map<number, { xs: number[]; ys: number[] }>()
  for (const [at, x] of xs.slice(0, -1).entries()) {
    const number = Math.min(most - 2, Math.floor((x - first) / stretch))
    const points = stretches.get(number) ?? { xs: [], ys: [] }
    points.xs.push(x)
    points.ys.push(ys[at] ?? 0)
    stretches.set(number, points)
  }
  const means = [...stretches.values()]
  return {
    xs: [...means.map((points) => mean(points.xs)), last],
    ys: [...means.map((points) => mean(points.ys)), ys.at(-1) ?? 0],
  }
}

/** Curves with their points brought together. */
export function together(curves: readonly Curve[]): ChartData {
  const xs = [...new Set(curves.flatMap((curve) => curve.xs))].sort((a, b) => a - b)
  const rows = curves.map((curve) => {
    const at = new Map(curve.xs.map((x, i) => [x, curve.ys[i] ?? null]))
    return xs.map((x) => at.get(x) ?? null)
  })
  return { xs, rows }
}

export type StepValue = 'loss' | 'learningRate' | 'seconds'

export function curveOf(steps: readonly TrainingStep[], value: StepValue): Curve {
  return { xs: steps.map(({ iteration }) => iteration), ys: steps.map((step) => step[value]) }
}

/** Values that jump from step to step are drawn as their mean, with the last part's own steps behind. */
const jumps: Readonly<Record<StepValue, boolean>> = {
  loss: true,
  learningRate: false,
  seconds: true,
}

export interface PartLine {
  title: string
  /** 'before' = of an earlier part; 'steps' = as it was, not smoothed; others: see overlap-curves.ts. */
  tone: 'now' | 'before' | 'steps' | OverlapTone
}

export interface DrawnLine {
  line: PartLine
  curve: Curve
}

/**
 * The lines of a chart of all parts that have begun, the ones in the foreground last.
 * @param behind lines of something else, behind all of them
 */
export function chartOf(
  parts: TrainingState['parts'],
  value: StepValue,
  behind: readonly DrawnLine[] = [],
): { lines: PartLine[]; data: ChartData } {
  const begun = parts.filter(({ steps }) => steps.length > 0)
  const own = begun.flatMap(({ title, steps }, at): DrawnLine[] => {
    const curve = decimated(curveOf(steps, value), mostPoints)
    const isNow = at === begun.length - 1
    const drawnAs = jumps[value] ? { ...curve, ys: smoothed(curve.ys) } : curve
    const line: DrawnLine = { line: { title, tone: isNow ? 'now' : 'before' }, curve: drawnAs }
    if (!isNow || !jumps[value]) return [line]
    return [{ line: { title, tone: 'steps' }, curve }, line]
  })
  const drawn = [...behind, ...own]
  return {
    lines: drawn.map(({ line }) => line),
    data: together(drawn.map(({ curve }) => curve)),
  }
}

/** Of a step: `3.46 ms`, `0.31 s`. */
export function secondsText(seconds: number): string {
  return seconds > 0 && seconds < 0.1 ? `${figure(1000 * seconds)} ms` : `${figure(seconds)} s`
}

/** `0.214`, `0.0003`: three digits that say something. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(3)))
}
