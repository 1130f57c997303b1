import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { geometryHash } from '../../../src/engine/preprocess/geometry-hash.ts'
import { rewarpNearest, warpNearest } from '../../../src/engine/preprocess/warp-mask.ts'
import { recipeFor } from '../../../src/shared/recipe-defaults.ts'
import { parseCrop, parseLens, parseSize, parseView } from '../../../src/shared/recipe-text.ts'
import { describeWithShared, sharedPath } from '../../fixtures/shared.ts'

const tape = { width: 10, height: 8 }
const numbered = Uint8Array.from({ length: 80 }, (_, i) => i)

describe('A mask of tape size', () => {
  test('stays as it is where the picture is the tape', () => {
    expect(warpNearest(numbered, tape, recipeFor({}, tape))).toEqual(numbered)
  })

  test('is cut and enlarged by the crop of the recipe', () => {
    const crop = parseCrop('2,1,4,4')
    const enlarged = warpNearest(numbered, tape, recipeFor({ crop, size: parseSize('8x8') }, tape))
    expect([...enlarged.subarray(0, 8)]).toEqual([12, 12, 13, 13, 14, 14, 15, 15])
    expect([...enlarged.subarray(56)]).toEqual([42, 42, 43, 43, 44, 44, 45, 45])
  })

  test('gives the value for outside where the tape ends', () => {
    const lens = parseLens('50,50,80')
    const size = { width: 100, height: 100 }
    const recipe = recipeFor({ lens, view: parseView('0,0,0,160'), size: parseSize('9x9') }, size)
    const warped = warpNearest(new Uint8Array(10_000).fill(1), size, recipe, 255)
    expect([warped[40], warped[0], warped[4]]).toEqual([1, 255, 255])
  })

  test('goes through each recipe and size by its own way, also in turn', () => {
    const size = parseSize('8x8')
    const left = recipeFor({ crop: parseCrop('0,1,1,1'), size }, tape)
    const right = recipeFor({ crop: parseCrop('9,7,1,1'), size }, tape)
    const firsts = [
      warpNearest(numbered, tape, left),
      warpNearest(numbered, tape, right),
      warpNearest(numbered, { width: 8, height: 10 }, left),
      warpNearest(numbered, tape, left),
    ].map(([first]) => first)
    expect(firsts).toEqual([10, 79, 8, 10])
  })
})

describe('A mask in the picture of another recipe', () => {
  test('lies where the scene lies', () => {
    const size = { width: 400, height: 400 }
    const lens = parseLens('200,200,200')
    const from = recipeFor({ lens, view: parseView('0,0,0,100'), size: parseSize('200x200') }, size)
    const to = recipeFor({ lens, view: parseView('15,0,90,50'), size: parseSize('90x90') }, size)
    const scene = Uint8Array.from({ length: 160_000 }, (_, i) => (i % 400 >= 240 ? 1 : 2))
    const direct = warpNearest(scene, size, to)
    const twice = rewarpNearest(warpNearest(scene, size, from), from, to)
    const differing = twice.filter((value, i) => value !== direct[i]).length
    expect(new Set(direct)).toEqual(new Set([1, 2]))
    expect(differing).toBeLessThan(0.02 * direct.length)
  })

  test('gives the value for outside where the other recipe shows nothing', () => {
    const from = recipeFor({ crop: parseCrop('0,0,100,100') }, { width: 200, height: 100 })
    const to = recipeFor({ crop: parseCrop('50,0,100,100') }, { width: 200, height: 100 })
    const moved = rewarpNearest(new Uint8Array(10_000).fill(1), from, to, 255)
    expect([moved[0], moved[49], moved[50], moved[99]]).toEqual([1, 1, 255, 255])
  })
})

describe('The geometry hash', () => {
  test('is the SHA-256 of the canonical JSON', () => {
    const { lens, view, viewSize } = recipeFor({}, tape)
    const recipe = {
      size: { width: 8, height: 8 },
      crop: parseCrop('0,0,6,4'),
      lens,
      view,
      viewSize,
    }
    const text =
      '{"crop":{"height":4,"width":6,"x":0,"y":0},"lens":null,' +
      '"size":{"height":8,"width":8},"view":null,"viewSize":null}'
    expect(geometryHash(recipe)).toBe(createHash('sha256').update(text).digest('hex'))
  })
})

describeWithShared('The masks of the fisheye tape, seen through the view it was made from', () => {
  const tapeSize = { width: 1024, height: 1024 }
  const recipe = recipeFor(
    {
      lens: parseLens('512,512,512'),
      view: parseView('0,0,0,110,93.9'),
      size: parseSize('320x240'),
    },
    tapeSize,
  )
  const pixels = async (folder: string, name: string): Promise<Uint8Array> =>
    sharp(sharedPath('data', folder, 'masks', name))
      .extractChannel(0)
      .raw()
      .toBuffer()

  test.each(['000100.png', '000369.png', '000650.png'])(
    'are those of the flat tape: %s',
    async (name) => {
      const flat = await pixels('humanbody2', name)
      const warped = warpNearest(await pixels('fisheye_humanbody2', name), tapeSize, recipe)
      const count = (is: (i: number) => boolean): number =>
        flat.reduce((sum, _, i) => sum + (is(i) ? 1 : 0), 0)
      const both = count((i) => flat[i] === 255 && warped[i] === 255)
      const either = count((i) => flat[i] === 255 || warped[i] === 255)
      expect(either).toBeGreaterThan(500)
      expect(both / either).toBeGreaterThan(0.97)
    },
  )
})
