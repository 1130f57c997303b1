import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../src/shared/recipe.ts'
import { checkRecipe } from '../../src/shared/recipe-check.ts'
import { fitView, recipeFor, resolveView } from '../../src/shared/recipe-defaults.ts'
import { parseCrop, parseLens, parseSize, parseView } from '../../src/shared/recipe-text.ts'
import { caught } from '../fixtures/caught.ts'

const tape = { width: 768, height: 576 }
const lens = parseLens('384,288,280')
const tanHalf = (degrees: number): number => Math.tan((degrees * Math.PI) / 360)

describe('A recipe without a lens', () => {
  test('is by default the whole tape at its own size', () => {
    const whole = { x: 0, y: 0, ...tape }
    const nothing = { lens: null, view: null, viewSize: null }
    expect(recipeFor({}, tape)).toEqual({ ...nothing, crop: whole, size: tape })
  })

  test('has the size of its crop unless another is given', () => {
    const crop = parseCrop('100,50,300,200')
    expect(recipeFor({ crop }, tape).size).toEqual({ width: 300, height: 200 })
    expect(recipeFor({ crop, size: parseSize('150x100') }, tape).size.width).toBe(150)
  })
})

describe('A recipe with a lens', () => {
  test('looks straight ahead at 110 degrees where the lens shows more', () => {
    const { view } = recipeFor({ lens }, tape)
    expect(view).toMatchObject({ yaw: 0, pitch: 0, roll: 0, hfov: 110 })
    expect(view?.vfov).toBeCloseTo(110, 9)
  })

  test('stays inside the circle of a narrower lens, corners included', () => {
    const { view } = recipeFor({ lens: parseLens('384,288,280,90') }, tape)
    expect(view?.hfov).toBeGreaterThan(60)
    expect(Math.hypot(tanHalf(view?.hfov ?? 0), tanHalf(view?.vfov ?? 0))).toBeLessThan(tanHalf(90))
  })

  test('keeps the detail that the tape has in the middle of the view', () => {
    const { size } = recipeFor({ lens, view: parseView('0,0,0,60') }, tape)
    const pixelsPerDegree = size.width / 2 / tanHalf(60) / (180 / Math.PI)
    expect(pixelsPerDegree).toBeCloseTo(280 / 90, 1)
  })

  test('is at most 640 pixels on its longer side unless asked', () => {
    const large = { width: 3000, height: 3000 }
    const request = { lens: parseLens('1500,1500,1500'), view: parseView('0,0,0,100,50') }
    expect(recipeFor(request, large).size).toEqual({ width: 640, height: 250 })
  })

  test('has square pixels unless the vertical field of view is given', () => {
    const size = parseSize('640x360')
    const { view } = recipeFor({ lens, view: parseView('10,20,30,90'), size }, tape)
    expect(tanHalf(view?.vfov ?? 0) / tanHalf(90)).toBeCloseTo(360 / 640, 9)
    expect(resolveView(parseView('0,0,0,90,80'), size).vfov).toBe(80)
  })

  test('crops a view as wide as the image circle', () => {
    const recipe = recipeFor(
      { lens, view: parseView('0,0,0,90'), crop: parseCrop('60,50,200,100') },
      tape,
    )
    expect(recipe.viewSize).toEqual({ width: 560, height: 560 })
    expect(recipe.size).toEqual({ width: 200, height: 100 })
  })
})

test('A view is fitted to a size by giving up the sides that do not fit', () => {
  const view = { yaw: 1, pitch: 2, roll: 3, hfov: 110, vfov: 94 }
  const square = fitView(view, parseSize('500x500'))
  expect(square.hfov).toBeCloseTo(94, 9)
  expect(square.vfov).toBe(94)
  const wide = fitView(view, parseSize('800x200'))
  expect(wide.hfov).toBe(110)
  expect(tanHalf(wide.vfov) / tanHalf(wide.hfov)).toBeCloseTo(0.25, 9)
})

describe('A recipe that cannot be is refused with the value and what was expected', () => {
  const good = { crop: parseCrop('0,0,100,100'), size: { width: 100, height: 100 } }
  const view = parseView('0,0,0,90,90')
  const withLens = { ...good, crop: null, lens, view }

  test.each<[string, unknown, string]>([
    [
      'a size of 0',
      { size: { width: 0, height: 100 } },
      'size.width: 0 given, 8 to 16384 pixels expected',
    ],
    [
      'a size of 100,000',
      { size: { width: 100, height: 100_000 } },
      'size.height: 100000 given, 8 to 16384',
    ],
    [
      'half pixels',
      { size: { width: 100.5, height: 100 } },
      'size.width: 100.5 given, a whole number',
    ],
    [
      'a crop beyond the tape',
      { ...good, crop: parseCrop('700,0,100,100') },
      'crop: 700,0,100,100 (x, y, width, height) reaches beyond the tape, which is 768x576',
    ],
    ['a crop of nothing', { ...good, crop: parseCrop('0,0,0,100') }, 'crop.width: 0 given'],
    ['a crop left of the tape', { ...good, crop: parseCrop('-1,0,10,10') }, 'crop.x: -1 given'],
    [
      'a crop beyond the view',
      { ...withLens, crop: parseCrop('500,0,100,100') },
      'reaches beyond the view, which is 560x560',
    ],
    [
      'a field of view of 0',
      { ...withLens, lens: { ...lens, fov: 0 } },
      'lens.fov: 0 given, 10 to 360 degrees',
    ],
    ['a field of view of 400', { ...withLens, lens: { ...lens, fov: 400 } }, 'lens.fov: 400 given'],
    [
      'a view of 0',
      { ...withLens, view: { ...view, hfov: 0 } },
      'view.hfov: 0 given, 1 to 170 degrees',
    ],
    ['a view of 400', { ...withLens, view: { ...view, vfov: 400 } }, 'view.vfov: 400 given'],
    ['NaN', { ...withLens, view: { ...view, yaw: Number.NaN } }, 'view.yaw: '],
    ['infinity', { ...withLens, lens: { ...lens, cx: Number.POSITIVE_INFINITY } }, 'lens.cx: '],
    ['a lens without a view', { ...withLens, view: null }, 'a lens needs a view'],
    ['a view without a lens', { ...withLens, lens: null }, 'a view needs a lens'],
    [
      'a lens outside the tape',
      { ...withLens, lens: parseLens('2000,288,280') },
      'lies outside the tape, which is 768x576',
    ],
    [
      'an unknown projection',
      { ...withLens, lens: { ...lens, projection: 'stereographic' } },
      'lens.projection: ',
    ],
    ['an unknown part', { ...good, rotate: 90 }, 'rotate'],
    ['no recipe at all', null, 'recipe: '],
  ])('%s', (_, input, message) => {
    const error = caught(() => checkRecipe(input, tape))
    expect(error.code).toBe('bad-recipe')
    expect(error.message).toContain(message)
  })

  test.each([
    ['size', '0x0', 'size.width: 0 given'],
    ['size', '100000x100', 'size.width: 100000 given'],
    ['view', '0,0,0,400', 'view.hfov: 400 given'],
    ['lens', '384,288,280,0', 'lens.fov: 0 given'],
  ] as const)('also where defaults are derived from it: %s %s', (part, text, message) => {
    const parsers = { size: parseSize, view: parseView, lens: parseLens }
    const error = caught(() => recipeFor({ lens, [part]: parsers[part](text) }, tape))
    expect([error.code, error.message]).toEqual(['bad-recipe', expect.stringContaining(message)])
  })
})

describe('The texts of the command line', () => {
  test('are read as the numbers that they hold', () => {
    expect(parseLens('512, 510.5,500')).toEqual({
      cx: 512,
      cy: 510.5,
      radius: 500,
      fov: 180,
      projection: 'equidistant',
    })
    expect(parseLens('1,2,3,200').fov).toBe(200)
    expect(parseView('-10,20,30,90')).toEqual({
      yaw: -10,
      pitch: 20,
      roll: 30,
      hfov: 90,
      vfov: undefined,
    })
    expect(parseView('0,0,0,90,60').vfov).toBe(60)
    expect(parseCrop('1,2,3,4')).toEqual({ x: 1, y: 2, width: 3, height: 4 })
    expect(parseSize('500x400')).toEqual({ width: 500, height: 400 })
  })

  test.each([
    [parseLens, '512,512', 'CX,CY,RADIUS[,FOV]'],
    [parseLens, '1,2,3,4,5', 'CX,CY,RADIUS[,FOV]'],
    [parseLens, 'a,b,c', 'CX,CY,RADIUS[,FOV]'],
    [parseView, '0,0,90', 'YAW,PITCH,ROLL,HFOV[,VFOV]'],
    [parseView, '0,0,NaN,90', 'YAW,PITCH,ROLL,HFOV[,VFOV]'],
    [parseCrop, '1,2,,4', 'X,Y,W,H'],
    [parseSize, '500', 'WxH'],
    [parseSize, '500x', 'WxH'],
    [parseSize, '', 'WxH'],
  ])('are refused with their form: %o %j', (parse, text, form) => {
    const error = caught(() => parse(text))
    expect(error.code).toBe('bad-recipe')
    expect(error.message).toContain(`${JSON.stringify(text)} given, ${form} expected`)
  })
})

describe('Equal geometry', () => {
  test('is equal text, whatever the order of keys and whichever defaults were written out', () => {
    const short = { size: { height: 480, width: 640 } }
    const long = {
      size: { width: 640, height: 480 },
      viewSize: null,
      crop: { height: 576, width: 768, y: 0, x: 0 },
      view: null,
      lens: null,
    }
    expect(canonicalJson(checkRecipe(short, tape))).toBe(canonicalJson(checkRecipe(long, tape)))
  })

  test('is told from that of a tape of another size', () => {
    const other = checkRecipe({ size: { width: 640, height: 480 } }, { width: 640, height: 480 })
    expect(canonicalJson(checkRecipe({ size: { width: 640, height: 480 } }, tape))).not.toBe(
      canonicalJson(other),
    )
  })

  test('drops what changes nothing', () => {
    const size = parseSize('200x200')
    const plain = recipeFor({ lens, view: parseView('0,0,0,90'), size }, tape)
    const wordy = { ...plain, viewSize: size, crop: { x: 0, y: 0, ...size } }
    expect(checkRecipe(wordy, tape)).toEqual(plain)
  })
})
