import { beforeEach, describe, expect, it } from 'vitest'
import { Gestures, type Pointer } from '../../../src/renderer/src/canvas/gestures.ts'

let log: string[]
let gestures: Gestures<string>

beforeEach(() => {
  log = []
  gestures = new Gestures<string>(
    {
      zoomAt: ({ x, y }, factor) => log.push(`zoom ${x},${y} ${factor}`),
      panBy: (x, y) => log.push(`pan ${x},${y}`),
    },
    {
      down: (event) => log.push(`down ${event}`),
      move: (event) => log.push(`move ${event}`),
      up: (event) => log.push(`up ${event}`),
      cancel: () => log.push('cancel'),
      hover: (event) => log.push(`hover ${event}`),
    },
  )
})

const mouse = (x: number, y: number, button = 0): Pointer => ({
  ...{ id: 1, kind: 'mouse' },
  ...{ x, y, button },
})
const finger = (id: number, x: number, y: number): Pointer => ({
  ...{ id, kind: 'touch', button: 0 },
  ...{ x, y },
})

describe('gestures on a stage', () => {
  it('leaves hovering and dragging with the main button to the tool', () => {
    gestures.move(mouse(1, 1), 'a')
    gestures.down(mouse(1, 1), 'b')
    gestures.move(mouse(2, 1), 'c')
    gestures.up(mouse(2, 1), 'd')
    expect(log).toEqual(['hover a', 'down b', 'move c', 'up d'])
  })

  it('pans with the middle button', () => {
    gestures.down(mouse(10, 10, 1), 'a')
    gestures.move(mouse(15, 7), 'b')
    gestures.move(mouse(16, 7), 'c')
    gestures.up(mouse(16, 7, 1), 'd')
    expect(log).toEqual(['hover null', 'pan 5,-3', 'pan 1,0'])
    expect(gestures.mode).toBe('idle')
  })

  it('pans with the main button while the key is held', () => {
    gestures.isPanHeld = true
    gestures.down(mouse(0, 0), 'a')
    gestures.isPanHeld = false
    gestures.move(mouse(4, 4), 'b')
    expect(log).toEqual(['hover null', 'pan 4,4'])
  })

  it('takes no notice of the right button', () => {
    expect(gestures.down(mouse(0, 0, 2), 'a')).toBe(false)
    expect(log).toEqual([])
  })

  it('takes a stroke away from the tool when a second finger comes, and pans and zooms', () => {
    gestures.down(finger(1, 0, 0), 'a')
    gestures.down(finger(2, 100, 0), 'b')
    gestures.move(finger(2, 200, 0), 'c')
    expect(log).toEqual(['down a', 'cancel', 'pan 50,0', 'zoom 50,0 2'])
  })

  it('does not paint with the finger that is left', () => {
    gestures.down(finger(1, 0, 0), 'a')
    gestures.down(finger(2, 100, 0), 'b')
    gestures.up(finger(1, 0, 0), 'c')
    gestures.move(finger(2, 90, 0), 'd')
    gestures.up(finger(2, 90, 0), 'e')
    expect(log).toEqual(['down a', 'cancel'])
    gestures.down(finger(1, 0, 0), 'f')
    expect(log.at(-1)).toBe('down f')
  })

  it('tells the tool when the system takes the pointer away', () => {
    gestures.down(mouse(0, 0), 'a')
    gestures.cancel(mouse(0, 0))
    expect(log).toEqual(['down a', 'cancel'])
    gestures.up(mouse(0, 0), 'b')
    expect(log).toEqual(['down a', 'cancel'])
  })
})
