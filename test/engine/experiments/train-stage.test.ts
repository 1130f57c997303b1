import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EpochResult } from '../../../src/engine/experiments/types.ts'
import { openSegmenter } from '../../../src/engine/infer/segmenter.ts'
import { floatTensor } from '../../../src/engine/onnx/tensor.ts'
import type { LayerGroup } from '../../../src/shared/experiment.ts'
import { rejection } from '../../fixtures/caught.ts'
import { smallNetwork } from '../../fixtures/small-network.ts'
import { drawnDisc, type MakeStage, runStage, stageRequests } from '../../fixtures/stage-request.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const everything = { parameters: 'all', rate: 100, weightDecay: null } as const
let make: MakeStage

beforeAll(async () => {
  make = await stageRequests(temporary)
})

/** What is left when the times are taken out. */
const numbers = (epochs: readonly EpochResult[]) =>
  epochs.map(({ seconds: _, validationSeconds: __, ...rest }) => rest)

describe('a stage', () => {
  it('learns, validates every epoch and names the one with the smallest validation loss', async () => {
    const { summary, events } = await runStage(make('whole', { epochs: 8 }))
    const losses = summary.epochs.map(({ validationLoss }) => validationLoss)
    expect(summary.best.validationLoss).toBe(Math.min(...losses))
    expect(summary.best.validationLoss).toBeLessThan(0.5 * (losses[0] ?? 0))
    expect(summary.best.meanIou).toBeGreaterThan(0.7)
    expect(events.filter(({ kind }) => kind === 'epoch')).toHaveLength(8)
    expect(summary.epochs[0]?.classIou).toHaveLength(2)
  })

  it('writes a best network whose masks agree as it says', async () => {
    const { summary } = await runStage(make('agrees', { epochs: 8 }))
    const classes = [
      { index: 0, name: 'background' },
      { index: 1, name: 'person' },
    ]
    const options = { modelFolder: summary.bestFolder, device: 'cpu', threads: 1, classes }
    await using segmenter = await openSegmenter(options)
    let [both, either] = [0, 0]
    for (const at of [7, 8, 9]) {
      const { picture, mask, ...size } = drawnDisc(at)
      const { data } = await segmenter.segment({ ...size, data: picture })
      for (const [i, label] of mask.entries()) {
        both += Number(label === 1 && data[i] === 1)
        either += Number(label === 1 || data[i] === 1)
      }
    }
    expect(both / either).toBeCloseTo(summary.best.classIou[1] ?? 0, 2)
  })

  it('that was stopped twice ends as one that never was', async () => {
    const whole = await runStage(make('never'))
    const stopped = make('stopped')
    expect((await rejection(runStage(stopped, 3))).code).toBe('cancelled')
    expect((await rejection(runStage(stopped, 6))).code).toBe('cancelled')
    const resumed = await runStage(stopped)
    expect(numbers(resumed.summary.epochs)).toEqual(numbers(whole.summary.epochs))
    const bytes = (folder: string) => readFileSync(join(folder, 'model.onnx'))
    expect(bytes(resumed.summary.lastFolder)).toEqual(bytes(whole.summary.lastFolder))
    expect(bytes(resumed.summary.bestFolder)).toEqual(bytes(whole.summary.bestFolder))
  })

  it('keeps a network every so many epochs where that is asked for', async () => {
    const checkpoints = { best: true, last: false, every: 2 }
    const { summary, events } = await runStage(make('every', { checkpoints }))
    const kept = events.flatMap((event) => (event.kind === 'kept' ? [event] : []))
    expect(kept.map(({ epoch }) => epoch)).toEqual([2, 4])
    expect(kept.every(({ folder }) => existsSync(join(folder, 'model.onnx')))).toBe(true)
    expect(existsSync(summary.lastFolder)).toBe(false)
  })

  it('takes the mean over all scales where that is asked for', async () => {
    const { settings } = make('any')
    const scales = { ...settings, scales: [0.5, 1] }
    const { summary } = await runStage(make('scales', { settings: scales, everyScale: true }))
    const [first, last] = [summary.epochs[0], summary.epochs.at(-1)]
    expect(last?.trainLoss).toBeLessThan(first?.trainLoss ?? 0)
  })

  it('learns faster in layers of a group with a higher rate', async () => {
    const { settings } = make('any')
    const slow = { ...settings, learningRate: { old: 1e-4, new: 1e-4 } }
    const plain = await runStage(make('slow', { settings: slow }))
    const group: LayerGroup = { ...everything, layers: 'head' }
    const faster = await runStage(make('faster', { settings: slow, layerGroups: [group] }))
    const lossOf = ({ summary }: typeof plain) => summary.best.validationLoss
    expect(lossOf(faster)).toBeLessThan(lossOf(plain))
  })
})

describe('a stage is refused', () => {
  it('when its numbers are no numbers any more', async () => {
    const modelFolder = await smallNetwork(temporary('infinite'), ({ weights }) => {
      weights.set('logits.bias', floatTensor([2], Float32Array.of(0, Number.POSITIVE_INFINITY)))
    })
    const error = await rejection(runStage(make('diverged', { modelFolder })))
    expect(error.code).toBe('training-diverged')
  })

  it('for a group of layers that the network does not have', async () => {
    const group: LayerGroup = { ...everything, layers: ['classifier'] }
    const error = await rejection(runStage(make('unknown', { layerGroups: [group] })))
    expect(error).toMatchObject({
      code: 'bad-value',
      message: "the network has no layer 'classifier', which a layer group names",
    })
  })
})
