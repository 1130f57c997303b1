/** @file Steps of a training as curves to draw. */
import type { TrainingState, TrainingStep } from '../../../shared/contract/training.ts'

export interface Curve {
  xs: readonly number[]
  ys: readonly number[]
}

/** Curves over the same xs, as a chart takes them; null where one of them has no point. */
export interface ChartData {
  xs: readonly number[]
  rows: readonly (readonly (number | null)[])[]
}

/** How much of the mean before stays with each step: the mean of about ten steps. */
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

/** Means of equal stretches, where there are more than `most` points; the last point stays as it is. */
export function decimated({ xs, ys }: Curve, most: number): Curve {
  if (xs.length <= most) return { xs, ys }
  const stretch = Math.ceil((xs.length - 1) / (most - 1))
  const starts = Array.from({ length: Math.ceil((xs.length - 1) / stretch) }, (_, i) => i * stretch)
  const last = xs.length - 1
  const mean = (values: readonly number[], start: number): number => {
    const part = values.slice(start, Math.min(start + stretch, last))
    return part.reduce((sum, value) => sum + value, 0) / part.length
  }
  return {
    xs: [...starts.map((start) => mean(xs, start)), xs[last] ?? 0],
    ys: [...starts.map((start) => mean(ys, start)), ys[last] ?? 0],
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
  /** 'before' = of an earlier part; 'steps' = as it was, not smoothed. */
  tone: 'now' | 'before' | 'steps'
}

/** The lines of a chart of all parts that have begun, the ones in the foreground last. */
export function chartOf(
  parts: TrainingState['parts'],
  value: StepValue,
): { lines: PartLine[]; data: ChartData } {
  const begun = parts.filter(({ steps }) => steps.length > 0)
  const drawn = begun.flatMap(({ title, steps }, at) => {
    const curve = curveOf(steps, value)
    const isNow = at === begun.length - 1
    const mean = jumps[value] ? { ...curve, ys: smoothed(curve.ys) } : curve
    const line = { line: { title, tone: isNow ? 'now' : 'before' } as const, curve: mean }
    if (!isNow || !jumps[value]) return [line]
    return [{ line: { title, tone: 'steps' } as const, curve }, line]
  })
  return {
    lines: drawn.map(({ line }) => line),
    data: together(drawn.map(({ curve }) => decimated(curve, mostPoints))),
  }
}

/** `0.214`, `0.0003`: three digits that say something. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(3)))
}
