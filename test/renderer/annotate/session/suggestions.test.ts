import { describe, expect, it } from 'vitest'
import {
  countSuggested,
  labelledKeys,
  nextSuggestion,
} from '../../../../src/renderer/src/annotate/session/suggestions.ts'

const suggested = [50, 10, 90, 30].map((frame) => ({ tape: 1, frame, why: 'far from the others' }))
const state = (frame: number, label: 'none' | 'labelled' | 'empty') => ({
  tape: 1,
  frame,
  label,
  flagged: true,
})

describe('The next suggested frame', () => {
  it('is the best one without a label after this one', () => {
    const labelled = labelledKeys([state(10, 'labelled'), state(90, 'none')])
    expect(nextSuggestion(suggested, labelled, { tape: 1, frame: 50 })?.frame).toBe(90)
  })

  it('goes round the end to the start', () => {
    const labelled = labelledKeys([state(50, 'empty')])
    expect(nextSuggestion(suggested, labelled, { tape: 1, frame: 30 })?.frame).toBe(10)
  })

  it('begins with the best one from a frame that was not suggested', () => {
    expect(nextSuggestion(suggested, new Set(), { tape: 1, frame: 7 })?.frame).toBe(50)
  })

  it('is none when all have a label', () => {
    const labelled = labelledKeys(suggested.map(({ frame }) => state(frame, 'labelled')))
    expect(nextSuggestion(suggested, labelled, { tape: 1, frame: 50 })).toBeNull()
    expect(countSuggested(suggested, labelled)).toEqual({ done: 4, all: 4 })
  })
})

it('counts empty frames as labelled, flagged ones not', () => {
  expect(countSuggested(suggested, labelledKeys([state(10, 'empty'), state(30, 'none')]))).toEqual({
    done: 1,
    all: 4,
  })
})
