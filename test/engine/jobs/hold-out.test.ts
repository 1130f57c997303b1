import { describe, expect, test } from 'vitest'
import { holdOut } from '../../../src/engine/jobs/hold-out.ts'
import type { LabelledFrame } from '../../../src/engine/train/types.ts'
import { caught } from '../../fixtures/caught.ts'

const person = 1

/** Labels of frames 0, 10, 20 …; a 1 stands for one with a person. */
function labels(people: string, source = 1): LabelledFrame[] {
  return [...people].map((has, i) => ({
    source,
    frame: 10 * i,
    mask: Uint8Array.of(0, Number(has)),
  }))
}

const chosen = (words: string, frames: LabelledFrame[]) =>
  holdOut(words, frames, person, () => 1000).frames.map(({ frame }) => frame)

describe('held-out frames, by default', () => {
  test.each([
    ['1111', [20]],
    ['11111', [20]],
    ['111111', [10, 40]],
    ['11111111', [20, 60]],
    ['111111111111', [20, 60, 100]],
  ])('are a quarter of %s, spread over time', (people, frames) => {
    expect(chosen('auto', labels(people))).toEqual(frames)
  })

  test('show people, and leave people to learn from', () => {
    expect(chosen('auto', labels('10010000'))).toEqual([30, 60])
    expect(chosen('auto', labels('00100010'))).toEqual([10, 60])
    expect(chosen('auto', labels('1101'))).toEqual([10])
    expect(chosen('auto', labels('1011'))).toEqual([20])
  })

  test('are none where all the people would be gone, with a warning', () => {
    const { frames, warning } = holdOut('auto', labels('00001'), person, () => 1000)
    expect(frames).toEqual([])
    expect(warning).toContain('with people in one labelled frame only')
  })

  test('are none where there are fewer than four labels, with a warning', () => {
    const { frames, warning } = holdOut('auto', labels('111'), person, () => 1000)
    expect(frames).toEqual([])
    expect(warning).toMatch(/^with 3 labelled frames none can be spared/)
  })
})

describe('held-out frames, as asked for', () => {
  test('are none without a warning', () => {
    expect(holdOut('none', labels('1111'), person, () => 1000)).toEqual({
      frames: [],
      warning: null,
    })
  })

  test('are those of a list', () => {
    expect(chosen('0,30', labels('1111'))).toEqual([0, 30])
  })

  test.each([
    ['15,20', 'bad-value', /without a label: 15$/],
    ['0,10,20,30', 'bad-value', /names all 4 labelled frames/],
    ['some', 'bad-value', /"some" is not a frame/],
    ['2000', 'no-such-frame', /beyond the tape/],
  ])('cannot be %s', (words, code, message) => {
    const error = caught(() => chosen(words, labels('1111')))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
  })

  test('cannot be a list where several tapes have labels', () => {
    const both = [...labels('11', 1), ...labels('11', 2)]
    expect(caught(() => chosen('0', both)).message).toContain('on several tapes')
  })
})
