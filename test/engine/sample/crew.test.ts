import { expect, it } from 'vitest'
import { Cart } from '../../../src/engine/sample/floor/cart.ts'
import { places } from '../../../src/engine/sample/floor/plan.ts'
import { Crew } from '../../../src/engine/sample/people/crew.ts'
import { walkways } from '../../../src/engine/sample/people/route.ts'
import { randomFrom } from '../../../src/engine/sample/random.ts'
import { obstacles } from '../../../src/engine/sample/shift.ts'
import { distance, type Spot } from '../../../src/engine/sample/vector.ts'

const isInside = ([x, y]: Spot, slack: number): boolean =>
  obstacles.some(
    (one) =>
      Math.abs(x - one.x) < one.halfWidth - slack && Math.abs(y - one.y) < one.halfDepth - slack,
  )

it('ways lead to every place from every other, around all that stands there', () => {
  const { route } = walkways(obstacles)
  for (const from of places)
    for (const to of places) {
      let at = from.spot
      for (const next of route(from.spot, to.spot)) {
        for (let share = 0; share <= 1; share += 0.02) {
          const spot: Spot = [at[0] + (next[0] - at[0]) * share, at[1] + (next[1] - at[1]) * share]
          expect(isInside(spot, -0.2), `${from.name} to ${to.name}`).toBe(false)
        }
        at = next
      }
      expect(at).toEqual(to.spot)
    }
})

it.each([2, 4])('a quarter of an hour passes without anybody stuck, seed %i', (seed) => {
  const crew = new Crew(randomFrom(seed), walkways(obstacles))
  const cart = new Cart(0.5)
  const still = new Map<object, { at: Spot; since: number }>()
  for (let frame = 0; frame < 13_500; frame++) {
    cart.step(1 / 15, crew.neighbours)
    crew.step(1 / 15, [cart])
    const people = crew.neighbours
    expect(people.length).toBeGreaterThanOrEqual(3)
    expect(people.length).toBeLessThanOrEqual(6)
    for (const person of people) {
      expect(isInside(person.position, 0)).toBe(false)
      const rest = still.get(person)
      if (!rest || distance(rest.at, person.position) > 0.5)
        still.set(person, { at: person.position, since: frame })
      else expect(frame - rest.since).toBeLessThan(15 * 20)
    }
  }
  const visits = places.map(({ name }) => crew.visitsTo(name))
  expect(Math.min(...visits)).toBeGreaterThan(40)
})
