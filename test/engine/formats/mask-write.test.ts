import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { readMask } from '../../../src/engine/formats/mask-file.ts'
import { encodeMask } from '../../../src/engine/formats/mask-write.ts'
import { defaultClasses, type MaskClass } from '../../../src/shared/mask.ts'
import { rejection } from '../../fixtures/caught.ts'
import fc from '../../fixtures/fast-check.ts'

const classes: MaskClass[] = [
  ...defaultClasses,
  { index: 254, name: 'Großer Kran 起重机', colour: '#0072b2' },
]
const mask = { width: 3, height: 2, data: Uint8Array.of(0, 1, 254, 255, 1, 0) }

describe('A mask that we write', () => {
  test('reads back the same without any option', async () => {
    const masks = fc
      .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
      .chain(([width, height]) =>
        fc
          .array(fc.constantFrom(0, 1, 254, 255), {
            minLength: width * height,
            maxLength: width * height,
          })
          .map((values) => ({ width, height, data: Uint8Array.from(values) })),
      )
    await fc.assert(
      fc.asyncProperty(masks, async (original) => {
        const file = await readMask(await encodeMask(original, classes, 'abc'), 'm.png', {
          classes,
        })
        expect(file.mask).toEqual(original)
        expect(file.marker?.geometry).toBe('abc')
      }),
      { numRuns: 30 },
    )
  })

  test('shows the class colours in any picture viewer', async () => {
    const shown = await sharp(await encodeMask(mask, classes, null))
      .removeAlpha()
      .raw()
      .toBuffer()
    expect([...shown.subarray(0, 12)]).toEqual([
      0, 0, 0, 0xe6, 0x9f, 0, 0, 0x72, 0xb2, 255, 255, 255,
    ])
  })

  test('keeps its classes by name in a project that numbers them differently', async () => {
    const file = await encodeMask(mask, classes, null)
    const renumbered = classes.map((each) => (each.index === 254 ? { ...each, index: 2 } : each))
    const { mask: read } = await readMask(file, 'm.png', { classes: renumbered })
    expect([...read.data]).toEqual([0, 1, 2, 255, 1, 0])
  })

  test('is refused where one of its classes is unknown', async () => {
    const file = await encodeMask(mask, classes, null)
    const error = await rejection(readMask(file, 'm.png', { classes: defaultClasses }))
    expect(error.code).toBe('undeclared-values')
    expect(error.message).toContain('254 (1 px)')
  })
})
