import { describe, expect, it } from 'vitest'
import { decimalsOf } from '../../../src/renderer/src/train/decimals.ts'
import { obstacleOf } from '../../../src/renderer/src/train/obstacles.ts'
import { planSentences } from '../../../src/renderer/src/train/plan-text.ts'
import { runSentence, stoppedSentence } from '../../../src/renderer/src/train/run-text.ts'
import { verdictOf } from '../../../src/renderer/src/train/verdict.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { madeUpTraining } from '../../fixtures/made-up-page-training.ts'

const frames = (count: number) => Array.from({ length: count }, (_, frame) => ({ tape: 1, frame }))

const plan = {
  base: { id: 'deeplab', name: 'DeepLab' },
  device: 'cpu',
  labels: frames(8),
  heldOut: frames(2),
  seconds: 62,
  isMeasured: true,
}

describe('the sentence before a training', () => {
  it('says from what, how it is checked, how long and on what', () => {
    expect(planSentences(plan)).toEqual([
      'The network learns from the 8 frames that you painted. It starts from “DeepLab”, which stays as it is.',
      'First it trains without 2 of them, to see there whether it really gets better, then on all of them.',
      "Both together take about 1 min 2 s on this computer's processor.",
    ])
  })

  it('says that nothing is held out, and that the time is a guess', () => {
    const [, check, time] = planSentences({
      ...plan,
      labels: frames(3),
      heldOut: [],
      isMeasured: false,
    })
    expect(check).toMatch(/No frame is held out/)
    expect(time).toBe("It takes very roughly 1 min 2 s on this computer's processor.")
  })
})

describe('what stands in the way', () => {
  it('leads to the screen where it is put right', () => {
    expect(obstacleOf(new AppError('no-labels', 'there are no labels'))).toMatchObject({
      screen: 'label',
      text: 'Paint frames',
      error: { message: 'nothing is painted yet' },
    })
    expect(obstacleOf(new AppError('tape-missing', 'it is gone', 'Look.'))).toMatchObject({
      screen: 'tape',
      error: { message: 'it is gone', hint: 'Look.' },
    })
  })

  it('is put into words of the window, not of the command line', () => {
    const error = new AppError('not-enough-memory', 'too little', 'Use a smaller --input.')
    expect(obstacleOf(error)).toMatchObject({
      screen: null,
      error: { message: 'too little', hint: expect.stringContaining('advanced settings') },
    })
    expect(obstacleOf(error).error.hint).not.toContain('--')
  })

  it('can be tried again where nobody knows better', () => {
    expect(obstacleOf(new AppError('internal', 'oh'))).toMatchObject({
      screen: null,
      text: 'Try again',
    })
  })
})

const selection = (before: number, after: number) => ({
  base: { personIou: before, loss: 0.5 },
  new: { personIou: after, loss: 0.1 },
})

describe('the verdict on a training', () => {
  const base = { id: 'base', name: 'Base' }
  const trained = { id: 'trained', name: 'Trained' }

  it('says that it got better and by how much', () => {
    const training = madeUpTraining({ selection: selection(0.41, 0.86), adopted: true })
    expect(verdictOf({ training, active: trained })).toEqual({
      tone: 'good',
      title: 'The network got better',
      text: 'It finds the people better in 2 frames that it had not seen. It is in use now.',
    })
  })

  it('says why it was not taken, and which network is in use', () => {
    const training = madeUpTraining({ selection: selection(0.86, 0.8), adopted: false })
    const { tone, text } = verdictOf({ training, active: base })
    expect(tone).toBe('bad')
    expect(text).toMatch(/finds the people worse .*“Base” stays in use/)
    expect(verdictOf({ training, active: trained }).text).toMatch(/You use the new one anyway/)
  })

  it('says that nobody knows where nothing was held out', () => {
    const training = madeUpTraining({ heldOut: [], adopted: true })
    const { tone, text } = verdictOf({ training, active: trained })
    expect(tone).toBe('unknown')
    expect(text).toMatch(/No frame was held out.*It is in use now/)
  })

  it('explains how an equal overlap can be better', () => {
    const training = madeUpTraining({ selection: selection(0.8, 0.8), adopted: true })
    expect(verdictOf({ training, active: base }).text).toMatch(
      /as well as before .*, but it is surer of them. “Base” is in use/,
    )
  })
})

const run = {
  model: { id: 'm', name: 'Trained' },
  device: 'cpu',
  frames: 13_500,
  done: 0,
  stopped: null,
  framesPerSecond: 21.4,
  seconds: 630,
  isMeasured: true,
  problem: null,
}

describe('the sentence before a run', () => {
  it('says how many frames, how long and how fast', () => {
    expect(runSentence(run, 'hall')).toBe(
      "“Trained” looks at the 13,500 frames of hall, about 10 min 30 s at 21 frames/s on this computer's processor.",
    )
  })

  it('says what is left, and when nothing is', () => {
    expect(runSentence({ ...run, frames: 500, done: 13_000 }, 'hall')).toMatch(
      /^“Trained” goes on where it stopped: 500 frames of hall are left, about/,
    )
    expect(runSentence({ ...run, frames: 0, done: 13_500 }, 'hall')).toBe(
      '“Trained” has looked at all 13,500 frames of hall.',
    )
  })
})

describe('the sentence about a run that did not come to its end', () => {
  const part = { done: 120, frames: 1380 }

  it.each([
    ['interrupted', 'The last run was interrupted: the program ended while it was under way.'],
    ['cancelled', 'The last run was cancelled.'],
    ['failed', 'The last run failed.'],
  ] as const)('says that it was %s, and what is kept', (stopped, what) => {
    expect(stoppedSentence({ ...run, ...part, stopped })).toBe(
      `${what} What it found in 120 of 1,500 frames is kept.`,
    )
  })

  it('is none where nothing was stopped, or nothing is kept', () => {
    expect(stoppedSentence({ ...run, ...part })).toBeNull()
    expect(stoppedSentence({ ...run, stopped: 'failed' })).toBeNull()
  })
})

describe('decimals', () => {
  it('show the first two digits', () => {
    expect([240, 12, 3, 0.5, 0.0003, 0.00001, 0].map(decimalsOf)).toEqual([0, 0, 1, 2, 5, 6, 0])
  })
})
