import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isReachable, WindowPlaces } from '../../src/main/window-places.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

const screens = [
  { x: 0, y: 0, width: 1920, height: 1080 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
]
const place = { bounds: { x: 100, y: 80, width: 1000, height: 700 }, maximized: false }

const temporary = temporaryFolder()

describe('the places of windows', () => {
  it('are remembered for each project, over a restart', () => {
    const file = temporary('windows.json')
    const other = { bounds: { ...place.bounds, x: 2000 }, maximized: true }
    const places = new WindowPlaces(file)
    places.remember('/a/hall "A" 📼.maskbench', place)
    places.remember(null, other)
    const again = new WindowPlaces(file)
    expect(again.find('/a/hall "A" 📼.maskbench', screens)).toEqual(place)
    expect(again.find(null, screens)).toEqual(other)
    expect(again.find('/a/yard.maskbench', screens)).toBeNull()
  })

  it('are forgotten for a screen that is not there any more', () => {
    const places = new WindowPlaces(temporary('screens.json'))
    places.remember('/p', { ...place, bounds: { ...place.bounds, x: 2500 } })
    expect(places.find('/p', screens)).not.toBeNull()
    expect(places.find('/p', screens.slice(0, 1))).toBeNull()
  })

  it('begin anew where the file is damaged', () => {
    const file = temporary('damaged.json')
    writeFileSync(file, '{"version":1,"places":{"":{"bounds":{"x":"no"}}}}')
    const places = new WindowPlaces(file)
    expect(places.find(null, screens)).toBeNull()
    places.remember(null, place)
    expect(places.find(null, screens)).toEqual(place)
  })

  it('keep the latest hundred', () => {
    const places = new WindowPlaces(temporary('many.json'))
    for (let i = 0; i < 101; i++) places.remember(`/p${i}`, place)
    expect(places.find('/p0', screens)).toBeNull()
    expect(places.find('/p1', screens)).toEqual(place)
  })

  it('cannot be stored on a disk that is not there, and that is all', () => {
    const places = new WindowPlaces(temporary('absent', 'windows.json'))
    places.remember(null, place)
    expect(places.find(null, screens)).toBeNull()
  })
})

describe('a window can be taken hold of', () => {
  const at = (x: number, y: number) => isReachable({ x, y, width: 800, height: 600 }, screens)
  it.each([
    ['within a screen', 0, 0, true],
    ['partly beyond the left edge', -600, 100, true],
    ['all but beyond the left edge', -700, 100, false],
    ['with its title above the screen', 100, -30, false],
    ['below the screen', 100, 1075, false],
    ['between two screens', 1500, 200, true],
  ])('%s', (_, x, y, reachable) => expect(at(x, y)).toBe(reachable))
})
