import { describe, expect, it } from 'vitest'
import { EditHistory } from '../../../src/renderer/src/state/edit-history.ts'

describe('undo and redo', () => {
  it('goes back and forth', () => {
    const history = new EditHistory(0)
    history.change(1)
    history.change(2)
    history.undo()
    expect(history.value).toBe(1)
    history.redo()
    expect(history.value).toBe(2)
    expect(history.canRedo).toBe(false)
  })

  it('takes changes of one key that follow each other for one', () => {
    const history = new EditHistory(0)
    for (const value of [1, 2, 3]) history.change(value, 'drag')
    history.settle()
    history.change(4, 'drag')
    history.undo()
    expect(history.value).toBe(3)
    history.undo()
    expect(history.value).toBe(0)
  })

  it('forgets what was undone when something else is done', () => {
    const history = new EditHistory(0)
    history.change(1)
    history.undo()
    history.change(2)
    expect(history.canRedo).toBe(false)
  })

  it('gives a step up as if it had never been', () => {
    const history = new EditHistory(0)
    history.change(1)
    history.change(2, 'drag')
    history.abandon()
    expect([history.value, history.canRedo]).toEqual([1, false])
    history.abandon()
    expect(history.value).toBe(1)
  })
})
