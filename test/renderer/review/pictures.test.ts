import { describe, expect, it } from 'vitest'
import { barsOf, shareOf } from '../../../src/renderer/src/review/numbers/histogram-bars.ts'
import { tint } from '../../../src/renderer/src/review/picture/prediction.ts'
import {
  type MarkedRegion,
  regionMarks,
  regionText,
} from '../../../src/renderer/src/review/picture/region-marks.ts'
import { answerHistogram } from '../../../src/shared/count/answers.ts'

describe('what the network sees', () => {
  it('is clear where nobody is, faint where it doubts, full where it is sure', () => {
    const [nobody, doubt, half, sure] = tint({ data: Uint8Array.from([0, 64, 128, 255]) })
    const alpha = (pixel = 0): number => pixel >>> 24
    expect(nobody).toBe(0)
    expect(alpha(doubt)).toBeGreaterThan(0)
    expect(alpha(doubt)).toBeLessThan(alpha(half))
    expect(half).toBe(sure)
  })
})

describe('regions over the frame', () => {
  const region: MarkedRegion = {
    drawn: {
      ...{ id: 1, position: 0, locked: false, name: 'Door', kind: 'count' },
      ...{ group: null, colour: null, threshold: null },
      points: [
        [10, 20],
        [50, 20],
        [50, 60],
      ],
    },
    ...{ colour: '#56b4e9', occupied: true, answer: null, isChosen: false },
  }

  it('say in words what they count as, and what a reviewer said', () => {
    expect(regionText(region)).toBe('Door: occupied')
    expect(regionText({ ...region, answer: true })).toBe('Door: occupied ✓')
    expect(regionText({ ...region, answer: false })).toBe('Door: occupied, you said nobody')
  })

  it('are dashed where nobody is, filled where somebody is', () => {
    const outlines = [true, false].map((occupied) =>
      regionMarks([{ ...region, occupied }]).find(({ kind }) => kind === 'outline'),
    )
    expect(outlines[0]).toHaveProperty('fill')
    expect(outlines[0]).not.toHaveProperty('dash')
    expect(outlines[1]).toHaveProperty('dash')
    expect(outlines[1]).not.toHaveProperty('fill')
  })

  it('have the chosen one on top', () => {
    const marks = regionMarks([
      { ...region, isChosen: true },
      { ...region, colour: '#000000' },
    ])
    expect(marks.at(-1)).toMatchObject({ kind: 'text', colour: '#ffffff' })
  })
})

describe('the histogram', () => {
  const scores = Float64Array.from([0, 0, 0, 0, 10, 90, 100])
  const histogram = answerHistogram(
    scores,
    new Map([
      [4, false],
      [5, true],
      [6, true],
    ]),
    4,
  )

  it('has bars of answers up to the highest of them', () => {
    const bars = barsOf(histogram)
    expect(Math.max(...bars.map(({ occupied }) => occupied))).toBe(1)
    expect(Math.max(...bars.map(({ empty }) => empty))).toBe(0.5)
    expect(bars[0]?.unanswered).toBe(1)
  })

  it('puts a threshold between the bars that it parts', () => {
    expect(shareOf(0, histogram)).toBe(0)
    expect(shareOf(100, histogram)).toBeCloseTo(1)
    expect(shareOf(1000, histogram)).toBe(1)
    const bar = Math.floor(shareOf(10, histogram) * 4)
    expect(histogram.empty[bar]).toBe(1)
  })
})
