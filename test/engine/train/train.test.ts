import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelDescriptionSchema } from '../../../src/engine/models/types.ts'
import { readOnnx } from '../../../src/engine/onnx/file.ts'
import { floatsOf } from '../../../src/engine/onnx/tensor.ts'
import { scoreFrames } from '../../../src/engine/train/score-frames.ts'
import type { TrainRequest } from '../../../src/engine/train/types.ts'
import { rejection } from '../../fixtures/caught.ts'
import { fileTrainRequests } from '../../fixtures/file-train-requests.ts'
import { squareMask, squareSize } from '../../fixtures/square-tape.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { lossesOf, trained } from '../../fixtures/train-request.ts'

const temporary = temporaryFolder()
const make = fileTrainRequests(temporary)

const unseen = [4, 10, 15, 20]

function score({ tapes, classes }: TrainRequest, modelFolder: string) {
  const labels = unseen.map((frame) => ({ source: 1, frame, mask: squareMask(frame) }))
  const options = { tapes, labels, classes, modelFolder, device: 'cpu', threads: 1 }
  return scoreFrames({ ...options, size: squareSize, input: squareSize })
}

async function weightsOf(folder: string): Promise<Map<string, Float32Array>> {
  const { graph } = await readOnnx(join(folder, 'model.onnx'))
  return new Map([...graph.weights].map(([name, weight]) => [name, floatsOf(weight, name)]))
}

describe('training', () => {
  it('makes a network that finds what was painted, on frames that it has not seen', async () => {
    const request = make('learns', { iterations: 60 })
    const { summary } = await trained(request)
    expect(summary.loss.last).toBeLessThan(summary.loss.first / 2)
    const before = await score(request, request.modelFolder)
    const after = await score(request, summary.modelFolder)
    expect(before.personIou).toBeLessThan(0.4)
    expect(after.personIou).toBeGreaterThan(0.75)
    expect(after.loss).toBeLessThan(before.loss)
  })

  it('tells what it will take, then every step', async () => {
    const { events, summary } = await trained(make('events', { iterations: 5 }))
    expect(events.map(({ kind }) => kind)).toEqual([
      'estimate',
      'part',
      ...Array.from({ length: 5 }, () => 'step'),
      'checkpoint',
    ])
    expect(events[0]).toMatchObject({ device: 'cpu', batch: 4, accumulate: 1 })
    const steps = events.filter((event) => event.kind === 'step')
    expect(steps.map(({ iteration }) => iteration)).toEqual([1, 2, 3, 4, 5])
    expect(steps[0]?.learningRate).toBeCloseTo(0.01)
    expect(steps[2]?.learningRate).toBeCloseTo(0.02)
    expect(summary).toMatchObject({ iterations: 5, device: 'cpu' })
  })

  it('gives equal networks with equal seeds, and others with others', async () => {
    const first = await trained(make('same-1', { iterations: 15, threads: 2 }))
    const second = await trained(make('same-2', { iterations: 15, threads: 2 }))
    const bytes = ({ summary }: typeof first) => readFile(join(summary.modelFolder, 'model.onnx'))
    expect(lossesOf(second.events)).toEqual(lossesOf(first.events))
    expect((await bytes(second)).equals(await bytes(first))).toBe(true)
    const other = await trained(make('other', { iterations: 3, seed: 2 }))
    expect(lossesOf(other.events)).not.toEqual(lossesOf(first.events).slice(0, 3))
  })

  it('changes only what follows the layer that it begins with', async () => {
    const { summary } = await trained(make('kept', { scope: 'features', iterations: 8 }))
    const [base, after] = [await weightsOf(temporary('base')), await weightsOf(summary.modelFolder)]
    const changed = [...base].filter(([name, data]) => !equal(data, after.get(name)))
    expect(changed.map(([name]) => name)).toEqual([
      'features.weight',
      'features.bias',
      'logits.weight',
      'logits.bias',
    ])
  })

  it('begins at the same loss whatever is computed only once for each sample', async () => {
    const first = async (scope: string) =>
      lossesOf((await trained(make(scope, { scope, iterations: 3 }))).events)[0]
    const all = (await first('all')) ?? 0
    for (const scope of ['head', 'middle', 'features'])
      expect(await first(scope)).toBeCloseTo(all, 5)
  })

  it('computes a batch in parts with nearly the same result', async () => {
    const settings = {
      iterations: 3,
      loss: { kind: 'cross-entropy', classWeights: 'none', foreground: 1, gamma: 2 },
    } as const
    const whole = await trained(make('whole', settings))
    const parts = await trained(make('parts', { ...settings, accumulate: 4 }))
    expect(parts.events[0]).toMatchObject({ accumulate: 4 })
    for (const [i, loss] of lossesOf(whole.events).entries())
      expect(lossesOf(parts.events)[i]).toBeCloseTo(loss, 4)
  })

  it('takes sizes of the input in turn', async () => {
    const { events } = await trained(make('scales', { iterations: 6, scales: [1, 0.5] }))
    expect(lossesOf(events).every(Number.isFinite)).toBe(true)
  })

  it('keeps running statistics of batches, where they are to be learnt', async () => {
    const { summary } = await trained(make('batch', { iterations: 4, batchNorm: 'batch' }))
    const [base, after] = [await weightsOf(temporary('base')), await weightsOf(summary.modelFolder)]
    for (const name of ['norm.running_mean', 'norm.running_var'])
      expect(equal(base.get(name) ?? new Float32Array(), after.get(name))).toBe(false)
  })

  it('adds the scene adapter, whose background fixes the size of the input', async () => {
    const settings = { adapter: true, scope: 'middle', iterations: 40 }
    const request = make('adapter', settings)
    const { summary } = await trained(request)
    const { personIou } = await score(request, summary.modelFolder)
    expect(personIou).toBeGreaterThan(0.8)
    const text = await readFile(join(summary.modelFolder, 'model.json'), 'utf8')
    expect(modelDescriptionSchema.parse(JSON.parse(text))).toMatchObject({
      id: 'mine',
      parent: 'small',
      input: squareSize,
      geometryHash: 'a'.repeat(64),
      training: { startedAt: '2026-01-01', iterations: 40 },
    })
    const scaled = trained(make('adapter-scaled', { ...settings, scales: [1, 0.5] }))
    expect((await rejection(scaled)).code).toBe('bad-value')
  })

  it('goes on to labels of its own making', async () => {
    const selfTraining = {
      iterations: 5,
      rate: { old: 0.5, new: 0.5 },
      below: 0.3,
      above: 0.7,
      bank: 8,
    }
    const { events, summary } = await trained(make('own', { iterations: 20, selfTraining }))
    const parts = events.filter((event) => event.kind === 'part')
    expect(parts).toEqual([
      { kind: 'part', part: 'labels', iterations: 20 },
      { kind: 'part', part: 'self-training', iterations: 5 },
    ])
    expect(summary.iterations).toBe(25)
  })
})

function equal(left: Float32Array, right: Float32Array | undefined): boolean {
  return left.every((value, i) => value === right?.[i])
}
