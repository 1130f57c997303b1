import { describe, expect, it } from 'vitest'
import { changeItem, doubtItem } from '../../../src/renderer/src/review/items/item.ts'
import { joinPath, suggestedName } from '../../../src/renderer/src/review/numbers/export-formats.ts'
import { periodName } from '../../../src/renderer/src/review/numbers/period-name.ts'
import {
  agreementText,
  bestText,
  intervalText,
  outdatedText,
} from '../../../src/renderer/src/review/numbers/truth-words.ts'
import {
  lengthText,
  percent,
  score,
  timeOf,
  whyOf,
} from '../../../src/renderer/src/review/words.ts'

describe('words of the review', () => {
  it('give shares two digits that say something', () => {
    expect([0, 0.0004, 0.0231, 0.4].map(percent)).toEqual(['0 %', '0.04 %', '2.3 %', '40 %'])
  })

  it('give scores in pixels', () => {
    expect([0, 7.46, 49.6].map(score)).toEqual(['0 px', '7.5 px', '50 px'])
  })

  it('give the time of day where the tape has one', () => {
    expect(timeOf(3661.5, '2024-05-01T06:00:00+02:00')).toBe('07:01:01')
    expect(timeOf(75.25, null)).toBe('1:15.2')
  })

  it('give lengths in frames and time', () => {
    expect(lengthText(1, 0.067)).toBe('1 frame, 0.1 s')
    expect(lengthText(1200, 80)).toBe('1,200 frames, 1 min 20 s')
  })

  it('say why a frame is doubtful', () => {
    const near = { region: 1, frame: 5, score: 52, why: 'threshold' } as const
    expect(whyOf(doubtItem(near), 50)).toBe('Score just above the threshold')
    expect(whyOf(doubtItem(near), 60)).toBe('Score just below the threshold')
    const moved = { region: 1, frame: 5, score: 0, why: 'difference' } as const
    expect(whyOf(doubtItem(moved), 50)).toBe('The picture changed, but the network sees nobody')
    const flipped = { region: 1, first: 3, last: 9, occupied: true }
    expect(whyOf(changeItem(flipped), 0)).toBe('Occupied now, free before')
  })

  it('name periods by day and hour', () => {
    const period = { start: '2024-05-01T06:00:00', end: '2024-05-01T07:00:00', from: 0, to: 9 }
    expect(periodName(period, true)).toBe('1 May, 06:00 – 07:00')
    expect(periodName({ ...period, start: '01:00:00', end: '02:00:00' }, false)).toBe(
      '01:00 – 02:00',
    )
  })

  it('suggest file names after the tape, and keep the separator of the folder', () => {
    expect(suggestedName('hall 1.mp4', 'csv')).toBe('hall 1-counts.csv')
    expect(suggestedName('', 'html')).toBe('review-report.html')
    expect(joinPath('C:\\Users\\me', 'a.csv')).toBe('C:\\Users\\me\\a.csv')
    expect(joinPath('/home/me/', 'a.csv')).toBe('/home/me/a.csv')
  })
})

describe('what the answers say', () => {
  it('is that they are missing, at first', () => {
    expect(intervalText({ estimate: 5, low: 0, high: 100, reviewed: 0 })).toContain('Y or N')
    expect(bestText(null, 0)).toContain('both kinds')
    expect(bestText(null, 4)).toContain('the other kind')
  })

  it('leaves those out that were given before the region was moved', () => {
    expect(outdatedText(1)).toMatch(/^1 answer from before the region was moved is left out/)
    expect(outdatedText(12)).toMatch(
      /^12 answers .* are left out; their frames can be answered anew/,
    )
  })

  it('is an interval, precision and recall in plain words', () => {
    expect(intervalText({ estimate: 312, low: 298, high: 331, reviewed: 40 })).toBe(
      'With your 40 answers the true count is 298 to 331 frames (right 9 times out of 10).',
    )
    const found = { tp: 9, fp: 1, fn: 3, tn: 20, precision: 0.9, recall: 0.75, f1: 0.8 }
    expect(agreementText(found)).toBe(
      'At this threshold of 10 answered frames counted as occupied 9 are (precision 90 %); of 12 that you said are occupied 9 are found (recall 75 %).',
    )
  })

  it('is how far the best threshold can be relied on', () => {
    const best = { threshold: 62, f1: 0.9, low: 55, high: 70, occupied: 4, empty: 30 }
    expect(bestText(best, 34)).toContain('take it as a hint')
    expect(bestText({ ...best, occupied: 25 }, 55)).toContain('a good base')
    expect(bestText({ ...best, occupied: 25, low: 20 }, 55)).toContain('That is wide')
  })
})
