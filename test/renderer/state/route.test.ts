import { describe, expect, it } from 'vitest'
import { formatRoute, parseRoute, type Route } from '../../../src/renderer/src/state/route.ts'

const home: Route = { project: null, screen: 'projects', tape: null, frame: 0 }

describe("the page's address", () => {
  it.each<Route>([
    home,
    { ...home, screen: 'settings' },
    { project: '/tapes/hall "A" 📼/50%.maskbench', screen: 'tape', tape: null, frame: 0 },
    { project: 'C:\\tapes\\hall.maskbench', screen: 'label', tape: 3, frame: 809_999 },
  ])('says %o and is read as that again', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route)
  })

  it.each(['', '#', '#/', '#/nonsense', '#/project', '#/project/%E0%A4', '#/project//label'])(
    'leads to the list of projects when it is "%s"',
    (hash) => {
      expect(parseRoute(hash)).toEqual(home)
    },
  )

  it('leads to the painter where it names no screen that there is, and to the first frame', () => {
    const route = { project: '/a.maskbench', screen: 'label', tape: null, frame: 0 }
    expect(parseRoute('#/project/%2Fa.maskbench/projects')).toEqual(route)
    expect(parseRoute('#/project/%2Fa.maskbench/label/x/-1')).toEqual(route)
  })
})
