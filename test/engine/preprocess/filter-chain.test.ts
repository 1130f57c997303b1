import { describe, expect, test } from 'vitest'
import { openFilter } from '../../../src/engine/media/filter.ts'
import { filterChain } from '../../../src/engine/preprocess/filter-chain.ts'
import { checkRecipe } from '../../../src/shared/recipe-check.ts'
import { recipeFor } from '../../../src/shared/recipe-defaults.ts'
import { parseCrop, parseLens, parseSize, parseView } from '../../../src/shared/recipe-text.ts'
import type { Point } from '../../../src/shared/region.ts'
import { dotErrors } from '../../fixtures/painted-dots.ts'

/** A tape size and the recipe's parts as the command line writes them. */
interface Setting {
  what: string
  tape: string
  lens?: string
  view?: string
  crop?: string
  size?: string
}

const settings: Setting[] = [
  { what: 'a circle inscribed in a square', tape: '600x600', lens: '300,300,300', size: '400x400' },
  {
    what: 'a lens off the middle at no whole pixel',
    tape: '512x512',
    lens: '258.048,254.208,249.856',
    view: '20,-15,10,100',
    size: '350x350',
  },
  {
    what: 'a circle cut off below, seen upwards',
    tape: '640x480',
    lens: '320,255,229',
    view: '0,45,0,100',
    size: '300x300',
  },
  {
    what: 'a field of view of 185 degrees and a wide picture',
    tape: '640x480',
    lens: '330.3,250.7,300,185',
    view: '-35,20,30,90,60',
    size: '480x272',
  },
  {
    what: 'a quarter turn, the circle cut off on three sides',
    tape: '472x496',
    lens: '235.5,262,237',
    view: '0,0,-90,110',
    size: '400x320',
  },
  {
    what: 'a circle larger than the tape, turned, with an odd crop that is scaled down',
    tape: '640x480',
    lens: '437.25,187.5,387.5,200',
    view: '40,-30,120,80',
    crop: '51,33,403,305',
    size: '302x229',
  },
  {
    what: 'a narrow lens on a tape of its own shape, cropped and scaled down',
    tape: '560x420',
    lens: '280,210,350,140',
    view: '10,5,0,70',
    crop: '101,77,500,300',
    size: '250x150',
  },
  {
    what: 'a view to the horizon',
    tape: '640x640',
    lens: '321,319.5,313,190',
    view: '-120,70,5,80',
    size: '400x240',
  },
  {
    what: 'an odd crop without a lens, scaled up',
    tape: '512x384',
    crop: '51,23,301,201',
    size: '375x250',
  },
  { what: 'a tape of odd size, scaled down', tape: '601x451', size: '320x240' },
]

function recipeOf({ tape, lens, view, crop, size }: Setting) {
  return recipeFor(
    {
      lens: lens ? parseLens(lens) : undefined,
      view: view ? parseView(view) : undefined,
      crop: crop ? parseCrop(crop) : undefined,
      size: size ? parseSize(size) : undefined,
    },
    parseSize(tape),
  )
}

/** The largest error, and the mean of the signed errors along the worse axis. */
function summary(errors: readonly Point[]) {
  const mean = (axis: 0 | 1): number => errors.reduce((sum, e) => sum + e[axis], 0) / errors.length
  return {
    largest: Math.max(...errors.map(([x, y]) => Math.hypot(x, y))),
    bias: Math.max(Math.abs(mean(0)), Math.abs(mean(1))),
  }
}

describe('The native filters show painted dots where the closed form says', () => {
  test.each(settings)('with $what', async (setting) => {
    const formats = ['rgb24', 'yuv420p']
    const results = await dotErrors(recipeOf(setting), parseSize(setting.tape), formats)
    for (const errors of results) {
      expect(errors.length).toBeGreaterThan(50)
      expect(summary(errors).largest).toBeLessThan(0.15)
      expect(summary(errors).bias).toBeLessThan(0.03)
    }
  })

  test.each(settings.filter(({ what }) => /inscribed|odd crop/.test(what)))(
    'in colour to within a pixel where the tape stores it at half the resolution, with $what',
    async (setting) => {
      const tape = parseSize(setting.tape)
      const [errors = []] = await dotErrors(recipeOf(setting), tape, ['yuv420p'], 'red')
      expect(summary(errors).largest).toBeLessThan(1)
    },
  )
})

describe('The filter chain', () => {
  const tape = { width: 64, height: 48 }

  test('is empty when the picture is the tape itself', () => {
    expect(filterChain(recipeFor({}, tape), tape)).toBe('')
  })

  test('renders a view without a crop in one step at the size that is asked for', () => {
    const square = { width: 1024, height: 1024 }
    const recipe = recipeFor({ lens: parseLens('512,512,512'), size: parseSize('500x500') }, square)
    expect(filterChain(recipe, square)).toMatch(/^v360=[^,]*:w=500:h=500$/)
  })

  test('shows black, not a part of the scene, where the tape ends inside the circle', async () => {
    const recipe = recipeFor(
      { lens: parseLens('32,24,40'), view: parseView('0,0,0,170,170'), size: parseSize('64x64') },
      tape,
    )
    using filter = await openFilter({ ...tape, pixelFormat: 'rgb24' }, filterChain(recipe, tape))
    const { data } = await filter.apply(new Uint8Array(tape.width * tape.height * 3).fill(200))
    const pixel = (x: number, y: number): number => data[(y * 64 + x) * 3] ?? -1
    expect([pixel(32, 32), pixel(32, 0), pixel(32, 63)]).toEqual([200, 0, 0])
  })

  test.each([
    ['a lens of 360 degrees', '30,24,20,360', '170,0,0,90'],
    ['a lens far outside the picture', '-30,-10,60', '40,0,0,60'],
    ['the narrowest lens', '32,24,20,10', '0,0,0,5'],
  ])('is accepted by FFmpeg for %s', async (_, lens, view) => {
    const recipe = recipeFor({ lens: parseLens(lens), view: parseView(view) }, tape)
    using filter = await openFilter({ ...tape, pixelFormat: 'gray8' }, filterChain(recipe, tape))
    const result = await filter.apply(new Uint8Array(tape.width * tape.height))
    expect({ width: result.width, height: result.height }).toEqual(recipe.size)
  })

  test('is that of a recipe read back from its JSON', () => {
    const lens = parseLens('30,25,20')
    const recipe = recipeFor({ lens, crop: parseCrop('1,2,20,21') }, tape)
    const again = checkRecipe(JSON.parse(JSON.stringify(recipe)), tape)
    expect(filterChain(again, tape)).toBe(filterChain(recipe, tape))
  })
})
