import { describe, expect, test } from 'vitest'
import { formatFrameList, parseFrameList } from '../../src/shared/frame-list.ts'
import { caught } from '../fixtures/caught.ts'
import fc from '../fixtures/fast-check.ts'

describe('A frame list', () => {
  test.each([
    ['0,93,185', [0, 93, 185]],
    ['185, 93,0 ,93', [0, 93, 185]],
    ['5-9', [5, 6, 7, 8, 9]],
    ['7-7', [7]],
    ['0-30/8', [0, 8, 16, 24]],
    ['3-20/100', [3]],
    ['even:8', [82, 164, 246, 328, 411, 493, 575, 657]],
    ['even:1', [370]],
    ['739,0-2,even:1', [0, 1, 2, 370, 739]],
  ])('%s stands for its frames in a tape of 740, in order and once each', (text, frames) => {
    expect(parseFrameList(text, 740)).toEqual(frames)
  })

  test('even:N leaves out the ends of the tape', () => {
    expect(parseFrameList('even:9', 11)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test.each([
    ['', '""'],
    ['1,,2', '""'],
    ['1,2;3', '"2;3"'],
    ['0-5,9-3', '"9-3" runs backwards'],
    ['0-9/0', '"0-9/0" has a step of 0'],
    ['even:0', '"even:0" asks for no frames'],
    ['-3', '"-3"'],
    ['1.5', '"1.5"'],
    ['0,odd:8', '"odd:8" is not a frame'],
  ])('%j is refused with the part that is wrong', (text, named) => {
    const error = caught(() => parseFrameList(text, 740))
    expect(error.code).toBe('bad-value')
    expect(error.message).toContain(named)
  })

  test.each([
    ['740', '"740"'],
    ['0,700-740,5', '"700-740"'],
    ['0-99999999999999/2', '"0-99999999999999/2"'],
    ['even:741', '"even:741"'],
  ])('%s is refused for a tape of 740 frames, which ends at 739', (text, named) => {
    const error = caught(() => parseFrameList(text, 740))
    expect(error.code).toBe('no-such-frame')
    expect(error.message).toContain(named)
    expect(error.hint).toContain('0 to 739')
  })

  test('of a tape without frames says so', () => {
    expect(caught(() => parseFrameList('0', 0)).message).toContain('has 0 frames')
  })
})

describe('The text of a frame list', () => {
  const frameSet = fc
    .uniqueArray(fc.nat(300), { minLength: 1, maxLength: 120 })
    .map((frames) => frames.sort((a, b) => a - b))

  test.each([
    [[0, 93, 185], '0,93,185'],
    [[0, 1, 2, 3, 7], '0-3,7'],
    [[0, 8, 16, 24, 25], '0-24/8,25'],
    [[4, 5], '4,5'],
    [[], ''],
  ])('%j is as short as %j', (frames, text) => {
    expect(formatFrameList(frames)).toBe(text)
  })

  test('reads back as the same frames', () => {
    fc.assert(
      fc.property(frameSet, (frames) => {
        expect(parseFrameList(formatFrameList(frames), 301)).toEqual(frames)
      }),
    )
  })

  test('is never longer than all frames written out', () => {
    fc.assert(
      fc.property(frameSet, (frames) => {
        expect(formatFrameList(frames).length).toBeLessThanOrEqual(frames.join(',').length)
      }),
    )
  })
})
