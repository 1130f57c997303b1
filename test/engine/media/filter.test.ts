import { describe, expect, it } from 'vitest'
import { openFilter } from '../../../src/engine/media/filter.ts'

/** A grey ramp from left to right: pixel (x, y) has the value x. */
function ramp(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) => i % width)
}

describe('filtering single pictures', () => {
  it('gives the picture back when there is no filter, whatever its row length', async () => {
    using filter = await openFilter({ width: 33, height: 5, pixelFormat: 'gray8' }, '')
    const picture = ramp(33, 5)
    const result = await filter.apply(picture)
    expect([result.width, result.height]).toEqual([33, 5])
    expect([...result.data]).toEqual([...picture])
  })

  it('keeps results apart, so that a caller may hold several', async () => {
    using filter = await openFilter({ width: 4, height: 2, pixelFormat: 'gray8' }, 'hflip')
    const first = await filter.apply(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))
    await filter.apply(new Uint8Array(8))
    expect([...first.data]).toEqual([4, 3, 2, 1, 8, 7, 6, 5])
  })

  it('survives filters that write into the picture they are given', async () => {
    const [width, height] = [64, 64]
    using filter = await openFilter({ width, height, pixelFormat: 'rgb24' }, 'pad=80:90:4:6')
    const picture = new Uint8Array(width * height * 3).fill(7)
    for (let i = 0; i < 20; i++) await filter.apply(picture)
    const { data } = await filter.apply(picture)
    expect(data.filter((value) => value === 7).length).toBe(picture.length)
  })

  it('projects colour pictures through v360', async () => {
    const [width, height] = [40, 40]
    using filter = await openFilter(
      { width, height, pixelFormat: 'rgb24' },
      'v360=input=flat:output=flat:ih_fov=90:iv_fov=90:h_fov=90:v_fov=90:roll=180:w=40:h=40',
    )
    const picture = new Uint8Array(width * height * 3)
    picture.fill(200, 0, (width * height * 3) / 2)
    const { data } = await filter.apply(picture)
    expect([data[(5 * width + 20) * 3], data[(35 * width + 20) * 3]]).toEqual([0, 200])
  })

  it('names the filters that FFmpeg refuses', async () => {
    await expect(
      openFilter({ width: 8, height: 8, pixelFormat: 'gray8' }, 'crop=100:100'),
    ).rejects.toMatchObject({
      code: 'bad-recipe',
      message: expect.stringContaining('crop=100:100'),
    })
  })
})
