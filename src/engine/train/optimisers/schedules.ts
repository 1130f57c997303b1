/**
 * @file How the learning rate goes over the iterations: closed forms of PyTorch's schedulers
 * (https://docs.pytorch.org/docs/stable/optim.html), as factors of the largest rate.
 */
import { AppError } from '../../../shared/errors.ts'

/** What holds in one iteration. */
export interface ScheduleValue {
  /** Times the learning rate. */
  factor: number
  /** Of SGD, and Adam's first beta, where the schedule moves it. */
  momentum?: number
}

/** Every schedule's options. `iterations` default to the length that is asked for. */
export interface Schedules {
  constant: object
  /** Straight from `start` to 1, and 1 from then on. LinearLR. */
  linear: { start: number; iterations?: number | undefined }
  /** `start` for so many iterations, then 1. ConstantLR. */
  hold: { start: number; iterations: number }
  /** (1 - t / n)^power, power 0.9; 0 from n on. PolynomialLR. */
  poly: { power?: number | undefined }
  /** Half a cosine from 1 to `end`, 0; rises again after n. CosineAnnealingLR. */
  cosine: { end?: number | undefined }
  /** The same again and again, each period so many times as long. CosineAnnealingWarmRestarts. */
  'cosine-restarts': { period: number; growth?: number | undefined; end?: number | undefined }
  /** Times `factor` at every so many iterations. StepLR. */
  step: { every: number; factor: number }
  /** Times `factor` at these iterations. MultiStepLR. */
  'multi-step': { at: readonly number[]; factor: number }
  /** Times `factor` in every iteration. ExponentialLR. */
  exponential: { factor: number }
  /** Up for a share of the iterations, 0.3, then down to nearly 0. OneCycleLR. */
  'one-cycle': OneCycle
}

export interface OneCycle {
  rise?: number | undefined
  /** 1 over the first factor, 25, and the first over the last one, 1e4. */
  divideBy?: number | undefined
  finallyDivideBy?: number | undefined
  shape?: 'cosine' | 'linear' | undefined
  /** Momentum at the ends and at the top, 0.95 and 0.85; null = not moved. */
  momentum?: { high: number; low: number } | null | undefined
}

export type ScheduleKind = keyof Schedules

export type ScheduleOptions = {
  [Kind in ScheduleKind]: { kind: Kind } & Schedules[Kind]
}[ScheduleKind]

type At<Options> = (options: Options, t: number, length: number) => ScheduleValue

/** From 1 at `share` 0 to 0 at 1. */
const halfCosine = (share: number) => (1 + Math.cos(Math.PI * share)) / 2

/** From `from` to `to` on one of the shapes. */
const between = {
  cosine: (from: number, to: number, share: number) => to + (from - to) * halfCosine(share),
  linear: (from: number, to: number, share: number) => from + (to - from) * share,
}

function oneCycle(
  { rise = 0.3, divideBy = 25, finallyDivideBy = 1e4, shape = 'cosine', momentum }: OneCycle,
  t: number,
  length: number,
): ScheduleValue {
  const top = Math.max(0, rise * length - 1)
  const last = Math.max(top, length - 1)
  const rising = t < top
  const whole = rising ? top : last - top
  const share = whole === 0 ? 0 : (t - (rising ? 0 : top)) / whole
  const on = (ends: readonly [number, number, number]) =>
    between[shape](rising ? ends[0] : ends[1], rising ? ends[1] : ends[2], Math.min(1, share))
  const factor = on([1 / divideBy, 1, 1 / divideBy / finallyDivideBy])
  if (momentum === null) return { factor }
  const { high, low } = momentum ?? { high: 0.95, low: 0.85 }
  return { factor, momentum: on([high, low, high]) }
}

/** Where in its period iteration t lies, from 0 to 1. */
function shareOfPeriod(t: number, period: number, growth: number): number {
  let start = 0
  let length = period
  while (t - start >= length) {
    start += length
    length *= growth
  }
  return (t - start) / length
}

const schedules: { readonly [Kind in ScheduleKind]: At<Schedules[Kind]> } = {
  constant: () => ({ factor: 1 }),
  linear: ({ start, iterations }, t, length) => {
    const whole = iterations ?? length
    return { factor: whole === 0 ? 1 : start + ((1 - start) * Math.min(t, whole)) / whole }
  },
  hold: ({ start, iterations }, t) => ({ factor: t < iterations ? start : 1 }),
  poly: ({ power = 0.9 }, t, length) => ({ factor: Math.max(0, 1 - t / length) ** power }),
  cosine: ({ end = 0 }, t, length) => ({ factor: end + (1 - end) * halfCosine(t / length) }),
  'cosine-restarts': ({ period, growth = 1, end = 0 }, t) => ({
    factor: end + (1 - end) * halfCosine(shareOfPeriod(t, period, growth)),
  }),
  step: ({ every, factor }, t) => ({ factor: factor ** Math.floor(t / every) }),
  'multi-step': ({ at, factor }, t) => ({
    factor: factor ** at.filter((milestone) => milestone <= t).length,
  }),
  exponential: ({ factor }, t) => ({ factor: factor ** t }),
  'one-cycle': oneCycle,
}

function valueAt<Kind extends ScheduleKind>(
  options: { kind: Kind } & Schedules[Kind],
  t: number,
  length: number,
): ScheduleValue {
  return schedules[options.kind](options, t, length)
}

/** Iterations in which the rate rises to where the schedule begins. */
export interface WarmUp {
  iterations: number
  /** Factor of the first one; by default 1 over their number, as if it rose from 0. */
  start?: number
}

/**
 * The schedule of a training of `iterations`, as a function of the iteration, from 0. A warm-up
 * goes first, and the schedule takes what is left (PyTorch's SequentialLR of LinearLR and it).
 * Throws `bad-value` when nothing is left.
 */
export function createSchedule(
  options: ScheduleOptions,
  iterations: number,
  warmUp: WarmUp = { iterations: 0 },
): (iteration: number) => ScheduleValue {
  const { iterations: rising, start = 1 / (rising || 1) } = warmUp
  const left = iterations - rising
  if (!(left >= 1 && rising >= 0))
    throw new AppError(
      'bad-value',
      `${rising} iterations of warm-up leave nothing of ${iterations}`,
      'Train longer or warm up for fewer iterations.',
    )
  return (t) => {
    if (t >= rising) return valueAt(options, t - rising, left)
    const { momentum } = valueAt(options, 0, left)
    const { factor } = schedules.linear({ start, iterations: rising }, t, rising)
    return momentum === undefined ? { factor } : { factor, momentum }
  }
}
