import { describe, expect, it } from 'vitest'
import { WeightAverage } from '../../../src/engine/train/optimisers/average-weights.ts'
import { clipGradients } from '../../../src/engine/train/optimisers/clip-gradients.ts'
import { createSchedule } from '../../../src/engine/train/optimisers/schedules.ts'
import { createOptimiser, type ParameterData } from '../../../src/engine/train/optimisers.ts'
import { caught } from '../../fixtures/caught.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import {
  goldenOptim,
  goldenSchedules,
  optimiserOptions,
  type Trajectory,
} from '../../fixtures/golden-optim.ts'
import { describeWithShared } from '../../fixtures/shared.ts'

type Floats = typeof Float32Array | typeof Float64Array
type Golden = ReturnType<typeof goldenOptim>

function startOf({ start }: Golden, type: Floats): ParameterData[] {
  return [
    { name: 'w', data: new type(start.w), group: 'old' },
    { name: 'b', data: new type(start.b), group: 'new' },
  ]
}

/** The learning rates and the moved momentum of step `t`, from our own schedule. */
function ratesAt({ options, schedule, groups }: Trajectory, t: number) {
  const golden = schedule === null ? null : (goldenSchedules[schedule] ?? expect.unreachable())
  const value = golden
    ? createSchedule(golden.options, golden.length, golden.warmUp)(t)
    : { factor: 1 }
  // OneCycleLR has its own largest rate.
  const base = schedule === 'onecycle' ? 0.1 : options.lr
  const rate = base * value.factor
  return { rates: { old: rate, new: groups ? 10 * rate : rate }, momentum: value.momentum }
}

/** Parameters after every step, and the optimiser. */
function run(golden: Golden, trajectory: Trajectory, type: Floats) {
  const parameters = startOf(golden, type)
  const optimiser = createOptimiser(
    {
      ...optimiserOptions(trajectory.optimizer, trajectory.options),
      ...(trajectory.groups && { weightDecays: { new: 0 } }),
    },
    parameters,
  )
  const norms: number[] = []
  const after = golden.gradients.map(({ w, b }, t) => {
    const gradients = [new type(w), new type(b)]
    if (trajectory.clip !== undefined) norms.push(clipGradients(gradients, trajectory.clip))
    const { rates, momentum } = ratesAt(trajectory, t)
    optimiser.step(gradients, rates, momentum)
    return parameters.map(({ data }) => Array.from(data))
  })
  return { after, norms, optimiser }
}

describeWithShared("The trajectories of PyTorch's goldens", () => {
  const golden = goldenOptim()

  it.each(golden.trajectories)('$name agrees in float64 and float32', (trajectory) => {
    for (const [type, tolerance] of [
      [Float64Array, 1e-12],
      [Float32Array, 1e-5],
    ] as const) {
      const { after, norms } = run(golden, trajectory, type)
      const expected = trajectory.after.map(({ w, b }) => [...w, ...b])
      expect(largestDifference(after.flat(2), expected.flat())).toBeLessThan(tolerance)
      expect(largestDifference(norms, trajectory.total_norm ?? [])).toBeLessThan(tolerance)
    }
  })

  it.each(golden.trajectories)('$name ends with the same state', (trajectory) => {
    const { optimiser } = run(golden, trajectory, Float64Array)
    const { numbers, arrays } = optimiser.state()
    expect(numbers.steps).toBe(6)
    const expected = Object.entries(trajectory.state).flatMap(([parameter, memory]) =>
      Object.entries(memory).flatMap(([slot, values]): [string, number[]][] =>
        typeof values === 'number' ? [] : [[`${slot}/${parameter}`, values]],
      ),
    )
    expect([...arrays.keys()].toSorted()).toEqual(expected.map(([name]) => name).toSorted())
    for (const [name, values] of expected)
      expect(largestDifference(arrays.get(name) ?? [], values)).toBeLessThan(1e-12)
  })

  it.each(golden.quadratic.runs)('$optimizer finds the minimum of a quadratic alike', (row) => {
    const { a, c, start } = golden.quadratic
    const data = new Float64Array(start)
    const optimiser = createOptimiser(optimiserOptions(row.optimizer, row.options), [
      { name: 'v', data, group: 'old' },
    ])
    const gradient = () => data.map((v, i) => (a[i] ?? 0) * (v - (c[i] ?? 0)))
    const losses = row.losses.map(() => {
      const terms = gradient().map((g, i) => 0.5 * g * ((data[i] ?? 0) - (c[i] ?? 0)))
      optimiser.step([gradient()], { old: row.options.lr })
      return terms.reduce((sum, term) => sum + term, 0)
    })
    expect(largestDifference(losses, row.losses)).toBeLessThan(1e-9)
    expect(largestDifference(data, row.end)).toBeLessThan(1e-9)
  })

  it('have the same moving average', () => {
    const [first] = golden.trajectories
    const data = new Float64Array(golden.start.w)
    const average = new WeightAverage([{ name: 'w', data, group: 'old' }], golden.ema.decay)
    for (const [t, { w }] of first?.after.entries() ?? []) {
      data.set(w)
      average.update()
      const expected = golden.ema.after[t] ?? []
      expect(largestDifference(average.averages.get('w') ?? [], expected)).toBeLessThan(1e-12)
    }
  })
})

const kinds = [
  { kind: 'sgd', momentum: 0.9, nesterov: true },
  { kind: 'adam', amsgrad: true },
  { kind: 'adamw' },
] as const

describe('An optimiser', () => {
  const gradientsAt = (t: number) => [Float32Array.of(Math.sin(t), 2), Float32Array.of(t)]
  const weights = (): ParameterData[] => [
    { name: 'kernel', data: Float32Array.of(1, -1), group: 'old' },
    { name: 'bias', data: Float32Array.of(0.5), group: 'new' },
  ]

  it.each(kinds)('$kind goes on from its state as if it had never stopped', (options) => {
    const rates = { old: 0.01, new: 0.1 }
    const whole = weights()
    const through = createOptimiser(options, whole)
    for (let t = 0; t < 6; t++) through.step(gradientsAt(t), rates)
    const parts = weights()
    const before = createOptimiser(options, parts)
    for (let t = 0; t < 3; t++) before.step(gradientsAt(t), rates)
    const { numbers, arrays } = before.state()
    const saved = {
      numbers,
      arrays: new Map([...arrays].map(([name, data]) => [name, data.slice()])),
    }
    const after = createOptimiser(options, parts)
    after.restore(saved)
    for (let t = 3; t < 6; t++) after.step(gradientsAt(t), rates)
    expect(parts.map(({ data }) => data)).toEqual(whole.map(({ data }) => data))
    expect(after.state()).toEqual(through.state())
  })

  it('refuses the state of another optimiser or of other weights', () => {
    const adam = createOptimiser({ kind: 'adam' }, weights())
    const sgd = createOptimiser({ kind: 'sgd', momentum: 0.9 }, weights())
    const fewer = createOptimiser({ kind: 'adam' }, weights().slice(0, 1))
    for (const state of [sgd.state(), fewer.state()])
      expect(caught(() => adam.restore(state)).code).toBe('bad-checkpoint')
  })

  it('refuses what PyTorch refuses', () => {
    const refused = [
      { kind: 'sgd', nesterov: true },
      { kind: 'sgd', momentum: 0.9, dampening: 0.1, nesterov: true },
      { kind: 'adam', beta1: 1 },
      { kind: 'adam', beta2: -0.1 },
      { kind: 'adamw', epsilon: -1 },
    ] as const
    for (const options of refused)
      expect(caught(() => createOptimiser(options, weights())).code).toBe('bad-value')
  })

  it('says which weight has no gradient', () => {
    const adam = createOptimiser({ kind: 'adam' }, weights())
    const { message } = caught(() => adam.step(gradientsAt(0).slice(0, 1), { old: 1, new: 1 }))
    expect(message).toContain("'bias'")
  })
})

describe('Clipping', () => {
  it('leaves small gradients and those that are no numbers as they are', () => {
    const small = [Float32Array.of(0.3, 0.4)]
    expect(clipGradients(small, 1)).toBeCloseTo(0.5, 6)
    expect(small).toEqual([Float32Array.of(0.3, 0.4)])
    const broken = [Float32Array.of(1, Number.NaN)]
    expect(clipGradients(broken, 1)).toBeNaN()
    expect(broken).toEqual([Float32Array.of(1, Number.NaN)])
  })
})

describe('A moving average of weights', () => {
  it('goes on from what was saved, and from nothing else', () => {
    const parameter = { name: 'w', data: Float32Array.of(4), group: 'old' }
    const average = new WeightAverage([parameter], 0.5)
    average.restore(new Map([['w', Float32Array.of(2)]]))
    average.update()
    expect(average.averages.get('w')).toEqual(Float32Array.of(3))
    expect(caught(() => average.restore(new Map())).code).toBe('bad-checkpoint')
  })
})
