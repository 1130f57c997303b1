import { describe, expect, it } from 'vitest'
import type { ReviewData } from '../../../src/renderer/src/review/state/review-data.ts'
import { ReviewStore } from '../../../src/renderer/src/review/state/review-store.ts'
import { ScorePyramid } from '../../../src/renderer/src/review/timeline/pyramid.ts'
import { AppError } from '../../../src/shared/errors.ts'

const rule = { threshold: 50, cut: 0.5, enter: 0, leave: 0 }
const sums = Float64Array.from([0, 60])

const data: ReviewData = {
  review: {
    run: {
      ...{ id: 1, tape: 1, model: { id: 'm', name: 'M' }, device: 'cpu', frames: 2, done: 2 },
      ...{ state: 'done', current: true, samePicture: true, createdAt: '2024-05-01T06:00:00Z' },
    },
    ...{ frameList: '0-1', startTime: null, shifts: ['06:00'], rule, answers: [], regions: [] },
  },
  frames: Uint32Array.from([0, 1]),
  done: 2,
  regions: [
    {
      ...{ id: 1, name: 'Door', colour: '#000000', group: null, threshold: null },
      ...{ approximate: false, outdated: 0, sums, pyramid: new ScorePyramid(sums) },
    },
  ],
  kept: { rule, thresholds: [null] },
  scoresKey: 'one',
}

/** A store whose loads give, one after the other, what is in the list. */
function storeOf(...answers: readonly (ReviewData | null | AppError)[]) {
  const left = [...answers]
  const given: (ReviewData | null)[] = []
  const store = new ReviewStore(async (known) => {
    given.push(known)
    const next = left.shift()
    if (next instanceof AppError) throw next
    return next ?? null
  })
  return { store, given }
}

describe('what there is to review', () => {
  it('is loaded, and handed to the next load', async () => {
    const { store, given } = storeOf(data, data)
    expect(store.get().status).toBe('loading')
    await store.refresh()
    expect(store.get()).toEqual({ status: 'ready', data, error: null })
    await store.refresh()
    expect(given).toEqual([null, data])
  })

  it('is nothing before a run', async () => {
    const { store } = storeOf(null)
    await store.refresh()
    expect(store.get().status).toBe('none')
  })

  it('is loaded once more for any number of wishes meanwhile', async () => {
    const { store, given } = storeOf(data, data, data, data)
    const first = store.refresh()
    void store.refresh()
    void store.refresh()
    await first
    expect(given).toHaveLength(2)
  })

  it('stays while the connection is lost, and beside a failure', async () => {
    const { store } = storeOf(
      data,
      new AppError('disconnected', 'the engine has stopped'),
      new AppError('project-damaged', 'the project is damaged'),
    )
    await store.refresh()
    await store.refresh()
    expect(store.get()).toEqual({ status: 'ready', data, error: null })
    await store.refresh()
    expect(store.get()).toMatchObject({ status: 'ready', data, error: { code: 'project-damaged' } })
  })

  it('is gone once there are no regions', async () => {
    const { store } = storeOf(data, new AppError('no-regions', 'the project has no regions'), data)
    await store.refresh()
    await store.refresh()
    expect(store.get()).toMatchObject({ status: 'failed', data: null })
    await store.refresh()
    expect(store.get().status).toBe('ready')
  })
})
