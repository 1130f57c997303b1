import { describe, expect, it } from 'vitest'
import { needsLook, progressText, share, titleOf } from '../../../src/renderer/src/jobs/job-text.ts'

const frames = { stage: 'reading', unit: 'frames', done: 1200, total: 13_500 }

describe('the progress of a job in words', () => {
  it('has what is done, how fast, and how long it will still take', () => {
    expect(progressText({ ...frames, rate: 240.4, etaSeconds: 51.2 })).toBe(
      '1,200 of 13,500 frames · 240 frames/s · 51 s left',
    )
  })

  it('leaves out what is not known', () => {
    expect(progressText({ ...frames, total: 0, rate: 0, etaSeconds: 0 })).toBe('1,200 frames')
    expect(share({ ...frames, total: 0, rate: 0, etaSeconds: 0 })).toBeNull()
    expect(share(null)).toBeNull()
  })

  it('counts bytes as file managers do', () => {
    const bytes = { stage: 'copying', unit: 'bytes', done: 2_400_000, total: 1_500_000_000 }
    expect(progressText({ ...bytes, rate: 31_000_000, etaSeconds: 3725 })).toBe(
      '2.4 MB of 1.5 GB · 31 MB/s · 1 h 2 min left',
    )
  })
})

describe('a job', () => {
  it.each([
    ['failed', false, true],
    ['interrupted', false, true],
    ['failed', true, false],
    ['done', false, false],
    ['cancelled', false, false],
  ] as const)('that %s (put away: %s) waits for a look: %s', (state, dismissed, expected) => {
    expect(needsLook({ state, dismissed })).toBe(expected)
  })
})

describe('what a job does', () => {
  it('is its title, or what its kind does where it has none', () => {
    expect(titleOf({ title: 'Import masks from a', kind: 'import' })).toBe('Import masks from a')
    expect(titleOf({ title: '', kind: 'infer' })).toBe('Look over a tape')
    expect(titleOf({ title: '', kind: 'other' })).toBe('Job of kind other')
  })
})
