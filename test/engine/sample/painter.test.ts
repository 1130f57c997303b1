import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../../src/engine/sample/draw/actors.ts'
import { type Background, drawBackground } from '../../../src/engine/sample/draw/background.ts'
import { ceilingCamera, project } from '../../../src/engine/sample/draw/camera.ts'
import { emptyFrame, type Frame } from '../../../src/engine/sample/draw/frame.ts'
import { material } from '../../../src/engine/sample/draw/material.ts'
import { Painter } from '../../../src/engine/sample/draw/painter.ts'
import { ball, box, type Shape } from '../../../src/engine/sample/draw/shape.ts'
import { randomFrom } from '../../../src/engine/sample/random.ts'
import type { Vector } from '../../../src/engine/sample/vector.ts'

const size = 128
const levels = { lamps: 1, flicker: 1, sky: 1, sun: 1 }
const camera = ceilingCamera(size)
const grey = material('#808080')
const head: Vector = [1, 0.5, 1.5]
const person = (...shapes: Shape[]): Actor => ({ shapes, person: true })
const thing = (...shapes: Shape[]): Actor => ({ shapes, person: false })

describe('a painted frame', () => {
  /** A floor, and a wall across the view from x = 2 on. */
  let background: Background
  beforeAll(() => {
    background = drawBackground(camera, {
      hall: [box([0, 0, -0.1], [20, 20, 0.2], grey)],
      furniture: [[box([2, 0, 1], [0.1, 3, 2], grey)]],
    })
  })

  function paint(...actors: Actor[]): Frame {
    const frame = emptyFrame(size)
    new Painter(background, randomFrom(1)).paint(actors, levels, frame)
    return frame
  }

  const area = ({ mask }: Frame): number => mask.filter((value) => value === 255).length

  it('has a mask of exactly the pixels that show a person', () => {
    const { mask } = paint(person(ball(head, 0.5, grey)))
    const { x, y } = project(camera, head)
    const opening = Math.asin(0.5 / Math.hypot(head[0], head[1], camera.position[2] - head[2]))
    const radius = opening * camera.focal
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) {
        const off = Math.hypot(column + 0.5 - x, row + 0.5 - y)
        // Across, the lens stretches a little; the rim's pixels may fall to either side.
        if (off < radius - 0.7) expect(mask[row * size + column]).toBe(255)
        if (off > radius * 1.06 + 0.7) expect(mask[row * size + column]).toBe(0)
      }
  })

  it('hides people behind walls and behind things, but not behind what lies farther away', () => {
    const full = area(paint(person(ball(head, 0.3, grey))))
    expect(full).toBeGreaterThan(50)
    const farther = thing(ball([1.5, 0.75, 0.3], 0.3, grey))
    const nearer = thing(ball([0.5, 0.25, 2.75], 0.6, grey))
    expect(area(paint(person(ball(head, 0.3, grey)), farther))).toBe(full)
    expect(area(paint(person(ball(head, 0.3, grey)), nearer))).toBe(0)
    expect(area(paint(person(ball([2.6, 0, 0.4], 0.3, grey))))).toBe(0)
    const half = area(
      paint(person(ball(head, 0.3, grey)), thing(box([1, 1, 1.95], [2, 1, 0.1], grey))),
    )
    expect(half).toBeGreaterThan(0.2 * full)
    expect(half).toBeLessThan(0.8 * full)
  })

  it('never shows what is not a person in the mask', () => {
    expect(area(paint(thing(ball(head, 0.5, grey)), person()))).toBe(0)
  })

  it('forgets the actors of the frame before', () => {
    const painter = new Painter(background, randomFrom(1))
    const frame = emptyFrame(size)
    painter.paint([person(ball(head, 0.5, material('#ffffff')))], levels, frame)
    painter.paint([], levels, frame)
    expect(area(frame)).toBe(0)
    const { x, y } = project(camera, head)
    const [before, after] = [paint().picture, frame.picture]
    const at = (Math.floor(y) * size + Math.floor(x)) * 3
    // The noise of the sensor is all that differs.
    expect(Math.abs((before[at] ?? 0) - (after[at] ?? 0))).toBeLessThan(25)
  })

  it('darkens the floor below people, outside of their mask', () => {
    const mean = ({ picture }: Frame): number => {
      const { x, y } = project(camera, [-1, -1.5, 0])
      let sum = 0
      for (let row = -2; row <= 2; row++)
        for (let column = -2; column <= 2; column++)
          sum += picture[((Math.floor(y) + row) * size + Math.floor(x) + column) * 3] ?? 0
      return sum / 25
    }
    const beside = person(ball([-1, -1.1, 0.3], 0.25, grey))
    expect(mean(paint(beside))).toBeLessThan(mean(paint()) - 8)
  })
})
