import { describe, expect, test } from 'vitest'
import { scoreFrames } from '../../../../src/engine/train/score-frames.ts'
import type { FramePrediction, TrainEvent } from '../../../../src/engine/train/types.ts'
import { fileTrainRequests } from '../../../fixtures/file-train-requests.ts'
import { squareMask } from '../../../fixtures/square-tape.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'
import { lossesOf, trained } from '../../../fixtures/train-request.ts'

const temporary = temporaryFolder()
const make = fileTrainRequests(temporary)
const frame = { source: 1, frame: 10, mask: squareMask(10) }
const preview = { frame, everySeconds: 0 }

const previewsOf = (events: readonly TrainEvent[]) =>
  events.filter((event) => event.kind === 'preview')

describe('a look at the network that is trained', () => {
  test.each([
    ['whose weights alone change', {}],
    ['whose running statistics change too', { batchNorm: 'batch' } as const],
  ])(
    'shows and scores what the finished network makes of the frame: one %s',
    async (name, settings) => {
      const request = make(name, { ...settings, iterations: 1, warmUp: 0 })
      const { events, summary } = await trained({ ...request, preview })
      const [seen, ...others] = previewsOf(events)
      expect(others).toEqual([])
      expect(seen).toMatchObject({ iteration: 1, source: 1, frame: 10 })
      const expected: FramePrediction[] = []
      const { tapes, size, classes } = request
      const { frames } = await scoreFrames(
        {
          ...{ tapes, size, classes, modelFolder: summary.modelFolder, input: size, device: 'cpu' },
          labels: [frame],
        },
        { emit: async (prediction) => void expected.push(prediction) },
      )
      const differences = expected[0]?.probability.map((value, at) =>
        Math.abs(value - (seen?.probability[at] ?? 0)),
      )
      expect(Math.max(...(differences ?? [255]))).toBeLessThanOrEqual(1)
      expect(new Set(seen?.probability).size).toBeGreaterThan(10)
      expect(seen?.score.union).toBeGreaterThan(0)
      expect(seen?.score).toEqual({ ...frames[0], loss: expect.closeTo(frames[0]?.loss ?? 0, 4) })
    },
  )

  test('changes nothing of the training', async () => {
    const without = await trained(make('without'))
    const watched = await trained({ ...make('watched'), preview })
    expect(previewsOf(watched.events).length).toBeGreaterThan(0)
    expect(lossesOf(watched.events)).toEqual(lossesOf(without.events))
  })

  test('that fails is the last one, and the training goes on', async () => {
    const bad = { ...preview, frame: { ...frame, frame: 999 } }
    const { events, summary } = await trained({ ...make('failing'), preview: bad })
    expect(previewsOf(events)).toEqual([])
    expect(summary.iterations).toBe(30)
  })
})
