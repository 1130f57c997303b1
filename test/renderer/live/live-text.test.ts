import { describe, expect, it } from 'vitest'
import {
  clockText,
  delayText,
  isUnderWay,
  paceText,
  rateText,
  recordingText,
} from '../../../src/renderer/src/live/live-text.ts'
import type { LiveState } from '../../../src/shared/contract/live.ts'

const state: LiveState = {
  ...{ live: 1, address: 'rtsp://…@cam/x', status: 'connected', error: null, camera: null },
  ...{ model: 'Tiny', device: 'cpu', cameraFramesPerSecond: 25, framesPerSecond: 4.04 },
  ...{ delaySeconds: 0.3, seen: 100, dropped: 84, regions: [], picture: 3 },
  ...{ recording: null, recorded: null },
}

describe('a camera in words', () => {
  it('is in view until it has failed or was left', () => {
    expect(isUnderWay(null)).toBe(false)
    expect(isUnderWay({ ...state, status: 'reconnecting' })).toBe(true)
    expect(isUnderWay({ ...state, status: 'stopped' })).toBe(false)
    expect(isUnderWay({ ...state, status: 'failed' })).toBe(false)
  })

  it('has a rate, a delay and a time', () => {
    expect([rateText(4.04), rateText(24.9)]).toEqual(['4.0', '25'])
    expect([null, 0.004, 0.304, 12.2].map(delayText)).toEqual([
      ...['–', 'under 0.01 s', '0.30 s', '12 s'],
    ])
    expect([clockText(5.9), clockText(65), clockText(3601)]).toEqual(['0:05', '1:05', '60:01'])
  })

  it('says whether frames are passed over', () => {
    expect(paceText({ ...state, seen: 0 })).toBe('')
    expect(paceText(state)).toContain('passed over')
    expect(paceText({ ...state, framesPerSecond: 24.6 })).toContain('every one is looked at')
  })

  it('says how a recording goes and what became of it', () => {
    expect(recordingText(state)).toBe('')
    const recording = { file: '/p/a.mkv', frames: 0, seconds: 1 }
    expect(recordingText({ ...state, recording })).toContain('next full picture')
    expect(recordingText({ ...state, recording: { ...recording, frames: 1200 } })).toBe(
      'Recording: 0:01, 1,200 frames',
    )
    const recorded = { file: '/p/a.mkv', frames: 30, job: null }
    expect(recordingText({ ...state, recorded })).toContain('/p/a.mkv')
    expect(recordingText({ ...state, recorded: { ...recorded, job: 4 } })).toContain('as a tape')
    expect(recordingText({ ...state, recorded: { ...recorded, frames: 0 } })).toContain('too short')
  })
})
