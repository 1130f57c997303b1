import { describe, expect, it } from 'vitest'
import { augmentWith, encodedSample } from '../../fixtures/augment-samples.ts'

describe('A sample that does not fit together', () => {
  it('is refused: a mask of another size, a picture of too few bytes', async () => {
    const given = encodedSample(10, 10)
    const wrongMask = { ...given, mask: new Uint8Array(99) }
    await expect(augmentWith([], wrongMask)).rejects.toMatchObject({ code: 'mask-size-differs' })
    const wrongPicture = { ...given, picture: new Uint8Array(299) }
    await expect(augmentWith([], wrongPicture)).rejects.toMatchObject({ code: 'bad-value' })
  })

  it('is refused when a resize would give more pixels than fit the memory', async () => {
    const thin = { width: 1000, height: 1, picture: new Uint8Array(3000), mask: null }
    const large = [{ kind: 'resize-side', length: 8000 }]
    await expect(augmentWith(large, thin)).rejects.toMatchObject({
      code: 'bad-value',
      message: expect.stringContaining('would become 8000000x8000'),
    })
  })
})

describe('The smallest sample', () => {
  const pixel = { width: 1, height: 1, picture: Uint8Array.of(1, 100, 250), mask: Uint8Array.of(3) }
  const sizes = { width: 3, height: 2 }

  it.each([
    ...['flip-left-right', 'flip-up-down', 'affine', 'crop-resize', 'grid-distortion'],
    ...['brightness', 'contrast', 'hue-saturation', 'gamma', 'noise', 'clahe', 'equalise'],
    ...['sharpen', 'gaussian-blur', 'jpeg', 'cutout'],
  ])('of one pixel goes through %s', async (kind) => {
    const { sample, drawn } = await augmentWith([{ kind, probability: 1 }], pixel)
    expect(drawn).toHaveLength(1)
    expect([sample.picture.length, sample.mask?.[0]]).toEqual([3, 3])
  })

  it.each(['crop', 'resize'])('of one pixel is brought to a size by %s', async (kind) => {
    const { sample } = await augmentWith([{ kind, ...sizes }], pixel)
    expect([sample.picture.length, sample.mask?.length]).toEqual([18, 6])
    expect(sample.mask).toContain(3)
  })
})
