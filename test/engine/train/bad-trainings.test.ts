import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { floatTensor, sizeOf } from '../../../src/engine/onnx/tensor.ts'
import { readState } from '../../../src/engine/train/checkpoints/checkpoint-state.ts'
import { checkWeights } from '../../../src/engine/train/session/check-finite.ts'
import { trainSettingsSchema } from '../../../src/shared/train-settings.ts'
import { caught, rejection } from '../../fixtures/caught.ts'
import { fileTrainRequests } from '../../fixtures/file-train-requests.ts'
import { canMount, mountSmallDisk } from '../../fixtures/small-disk.ts'
import { smallNetwork } from '../../fixtures/small-network.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { cancelledAfter, trained } from '../../fixtures/train-request.ts'

const temporary = temporaryFolder()
const make = fileTrainRequests(temporary)

describe('a training that breaks down', () => {
  it('stops with the step and the layer, and says what to do', async () => {
    const modelFolder = await smallNetwork(temporary('infinite'), ({ weights }) => {
      weights.set('logits.bias', floatTensor([2], Float32Array.of(0, Number.POSITIVE_INFINITY)))
    })
    const error = await rejection(trained({ ...make('diverged'), modelFolder }))
    expect(error).toMatchObject({
      code: 'training-diverged',
      message: expect.stringMatching(/^training broke down in step 1: the loss is NaN, .*weight/),
      hint: expect.stringContaining('such as 0.002'),
    })
  })

  it('does not end with weights that are no numbers', () => {
    const parameters = [
      { name: 'good', data: Float32Array.of(1), group: 'old' },
      { name: 'bad', data: Float32Array.of(1, Number.NaN), group: 'new' },
    ] as const
    const error = caught(() => checkWeights({ step: 9, parameters, rate: 1 }))
    expect(error).toMatchObject({
      code: 'training-diverged',
      message: "training broke down in step 9: the weight 'bad' is not finite",
    })
  })

  it('keeps its last checkpoint', async () => {
    const optimiser = { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 100 } as const
    const learningRate = { old: 10, new: 10 }
    const schedule = { kind: 'constant' } as const
    const settings = { optimiser, learningRate, schedule, iterations: 100 }
    const request = make('late', settings)
    await cancelledAfter(request, 1)
    const before = await readState(join(request.folder, 'state.bin'))
    const broken = await rejection(trained({ ...request, resume: true }))
    expect(broken.code).toBe('training-diverged')
    expect(await readState(join(request.folder, 'state.bin'))).toEqual(before)
  })
})

describe('settings', () => {
  it('refuse a learning rate that only destroys', () => {
    const { settings } = make('rate')
    const rates = { old: 1e9, new: 1e-3 }
    expect(trainSettingsSchema.safeParse({ ...settings, learningRate: rates }).success).toBe(false)
  })
})

describe('a request', () => {
  it('without labels is refused', async () => {
    const error = await rejection(trained({ ...make('none'), labels: [] }))
    expect(error).toMatchObject({ code: 'bad-value', message: 'there are no labelled frames' })
  })

  it('that starts a class from one that the base does not know is refused', async () => {
    const classMap = { background: 'background', person: 'cat' }
    const error = await rejection(trained({ ...make('cat'), classMap }))
    expect(error).toMatchObject({
      code: 'bad-value',
      message: 'the class person was to start from cat, which small does not know',
    })
  })

  it('for more memory than any machine has is refused before anything is computed', async () => {
    const channels = 200_000
    const modelFolder = await smallNetwork(temporary('wide'), ({ weights }) => {
      const zeros = (name: string, shape: number[]) =>
        weights.set(name, floatTensor(shape, new Float32Array(sizeOf(shape))))
      zeros('features.weight', [channels, 8, 1, 1])
      zeros('features.bias', [channels])
      zeros('logits.weight', [2, channels, 1, 1])
    })
    const input = { width: 8000, height: 8000 }
    const request = make('huge', { input, scope: 'features', batch: 1, bank: 0 })
    const error = await rejection(trained({ ...request, modelFolder }))
    expect(error).toMatchObject({
      code: 'not-enough-memory',
      message: expect.stringMatching(/^training needs \d{6,} MB with one picture at a time/),
    })
  })
})

describe.runIf(canMount)('a full disk', () => {
  it('stops the training, whose last checkpoint stays', async () => {
    const disk = mountSmallDisk(1)
    try {
      const folder = disk.path('training')
      await mkdir(folder)
      const request = { ...make('full', { iterations: 20 }), folder }
      await cancelledAfter(request, 5)
      const before = await readState(join(folder, 'state.bin'))
      disk.fill()
      const error = await rejection(trained({ ...request, resume: true }))
      expect(error.code).toBe('disk-full')
      expect(await readState(join(folder, 'state.bin'))).toEqual(before)
    } finally {
      disk.remove()
    }
  })
})
