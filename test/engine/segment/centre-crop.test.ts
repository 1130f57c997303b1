import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { reduce } from '../../../src/engine/augment/geometry/reduce.ts'
import { inputFiller } from '../../../src/engine/infer/input-tensor.ts'
import { describeArchitecture } from '../../../src/engine/models/zoo/describe.ts'
import { imageNet } from '../../../src/engine/models/zoo/image-net.ts'
import { centreCrop, cutCentre, resizeShorter } from '../../../src/engine/segment/centre-crop.ts'
import { goldenImage } from '../../fixtures/golden-image.ts'
import { describeWithShared, sharedPath } from '../../fixtures/shared.ts'

const pair = z.tuple([z.number(), z.number()])
const digest = z.object({ shape: z.array(z.number()), crc32: z.number() })
const goldens = z.object({
  pil: z.array(
    digest.extend({ filter: z.string(), mode: z.string().optional(), input: pair, size: pair }),
  ),
  imagenet: z.array(
    z.object({
      input: pair,
      input_crc32: z.number(),
      resized: digest,
      cropped: digest,
      normalised: z.object({ at: z.array(z.number()), value: z.array(z.number()) }),
    }),
  ),
  crop_pad: z.object({ input: pair, size: pair, output: z.array(z.number()) }),
})

describeWithShared('The middle of a picture as torchvision takes it', () => {
  const stored = goldens.parse(
    JSON.parse(readFileSync(sharedPath('goldens', 'resize.json'), 'utf8')),
  )
  const pictureOf = ([height, width]: readonly [number, number]) => {
    return { width, height, data: goldenImage(height, width) }
  }

  test.each(stored.imagenet)('is resized and cut to the same bytes, from $input', (golden) => {
    const picture = pictureOf(golden.input)
    expect(crc32(picture.data)).toBe(golden.input_crc32)
    const resized = resizeShorter(picture, 256)
    expect([resized.height, resized.width, 3]).toEqual(golden.resized.shape)
    expect(crc32(resized.data)).toBe(golden.resized.crc32)
    expect(crc32(centreCrop(picture, { resize: 256, size: 224 }).data)).toBe(golden.cropped.crc32)
  })

  test.each(stored.imagenet)('becomes the same numbers for the network, from $input', (golden) => {
    const cropped = centreCrop(pictureOf(golden.input), { resize: 256, size: 224 })
    const { input } = describeArchitecture('fcn_resnet101')
    expect(input).toMatchObject(imageNet)
    const tensor = new Float32Array(3 * 224 * 224)
    inputFiller(cropped, cropped, input).fill(cropped.data, tensor)
    const { at, value } = golden.normalised
    const largest = Math.max(
      ...at.map((place, i) => Math.abs((tensor[place] ?? 9) - (value[i] ?? 0))),
    )
    expect(largest).toBeLessThan(1e-5)
  })

  const bilinear = stored.pil.filter(({ filter, mode }) => filter === 'BILINEAR' && !mode)
  test.each(bilinear)('is resized as Pillow does, from $input to $size', (golden) => {
    const { width, height, data } = pictureOf(golden.input)
    const to = { width: golden.size[1], height: golden.size[0] }
    const { picture } = reduce({ width, height, picture: data, mask: null }, to)
    expect(crc32(picture)).toBe(golden.crc32)
  })

  test('lies on black where the picture is smaller', () => {
    const { input, size, output } = stored.crop_pad
    // The golden's crop is 8 high and 6 wide: its columns are the middle ones of a square of 8.
    const square = cutCentre(pictureOf(input), size[0])
    const columns = Array.from({ length: 8 * 6 * 3 }, (_, i) => {
      const [y, rest] = [Math.floor(i / 18), i % 18]
      return square.data[3 * (8 * y + 1) + rest]
    })
    expect(columns).toEqual(output)
  })
})
