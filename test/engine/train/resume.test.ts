import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startCompute } from '../../../src/engine/compute/start-compute.ts'
import type { TrainEvent, TrainRequest, TrainSummary } from '../../../src/engine/train/types.ts'
import { fileTrainRequests } from '../../fixtures/file-train-requests.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { cancelledAfter, lossesOf, trained } from '../../fixtures/train-request.ts'

const temporary = temporaryFolder()
const make = fileTrainRequests(temporary)

const selfTraining = {
  iterations: 8,
  rate: { old: 0.5, new: 0.5 },
  below: 0.3,
  above: 0.7,
  bank: 8,
}

const network = ({ modelFolder }: TrainSummary) => readFile(join(modelFolder, 'model.onnx'))

describe('a training that was cancelled', () => {
  it.each([3, 20, 25])('ends as one that never was, cancelled in step %i', async (step) => {
    const settings = { iterations: 20, selfTraining, batchNorm: 'batch' } as const
    const whole = await trained(make(`whole-${step}`, settings))
    const request = make(`cancelled-${step}`, settings)
    expect(await cancelledAfter(request, step)).toMatchObject({ code: 'cancelled' })
    const rest = await trained({ ...request, resume: true })
    expect(lossesOf(rest.events)).toEqual(lossesOf(whole.events).slice(step))
    expect((await network(rest.summary)).equals(await network(whole.summary))).toBe(true)
    expect(rest.summary.loss).toEqual(whole.summary.loss)
  })

  it('begins anew with other settings, and without being asked to go on', async () => {
    const request = make('anew', { iterations: 6 })
    await cancelledAfter(request, 3)
    const other = { ...request, settings: { ...request.settings, seed: 9 }, resume: true }
    await cancelledAfter(other, 2)
    expect((await trained(request)).events.filter(({ kind }) => kind === 'step')).toHaveLength(6)
  })

  it('is finished already when it goes on after its end', async () => {
    const request = make('ended', { iterations: 4 })
    const whole = await trained(request)
    const before = await network(whole.summary)
    const again = await trained({ ...request, resume: true })
    expect(lossesOf(again.events)).toEqual([])
    expect((await network(again.summary)).equals(before)).toBe(true)
  })
})

describe('a training whose process is killed', () => {
  it('goes on from its last checkpoint to the same network', async () => {
    const settings = { iterations: 40 }
    const whole = await trained(make('never-killed', settings))
    const request = make('killed', settings)
    await cancelledAfter(request, 10)
    await using compute = startCompute()
    const seen: number[] = []
    const killed = compute.run('train', { ...request, resume: true } satisfies TrainRequest, {
      onData: (event: TrainEvent) => {
        if (event.kind !== 'step') return
        seen.push(event.iteration)
        if (event.iteration === 20) process.kill(compute.processId ?? 0, 'SIGKILL')
      },
    })
    await expect(killed).rejects.toMatchObject({ code: 'compute-crashed' })
    expect(seen[0]).toBe(11)
    const steps: number[] = []
    const summary = await compute.run(
      'train',
      { ...request, resume: true },
      {
        onData: (event: TrainEvent) => {
          if (event.kind === 'step') steps.push(event.iteration)
        },
      },
    )
    expect(steps[0]).toBe(11)
    expect((await network(summary)).equals(await network(whole.summary))).toBe(true)
  })
})
