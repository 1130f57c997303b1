import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { pictureSize, sizeProblem } from '../../../src/engine/formats/picture-size.ts'
import { rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } })

test('the size is that which a viewer shows', async () => {
  await blank(6, 4).jpeg().withMetadata({ orientation: 6 }).toFile(temporary('turned.jpg'))
  await blank(6, 4).jpeg().withMetadata({ orientation: 3 }).toFile(temporary('upside.jpg'))
  await blank(6, 4).png().toFile(temporary('plain.png'))
  expect(await pictureSize(temporary('turned.jpg'))).toEqual({ width: 4, height: 6 })
  expect(await pictureSize(temporary('upside.jpg'))).toEqual({ width: 6, height: 4 })
  expect(await pictureSize(temporary('plain.png'))).toEqual({ width: 6, height: 4 })
})

test('16-bit and CMYK pictures have a size like others', async () => {
  await blank(5, 3).toColourspace('rgb16').png().toFile(temporary('deep.png'))
  await blank(5, 3).toColourspace('cmyk').jpeg().toFile(temporary('print.jpg'))
  expect((await sharp(temporary('deep.png')).metadata()).depth).toBe('ushort')
  expect((await sharp(temporary('print.jpg')).metadata()).space).toBe('cmyk')
  for (const name of ['deep.png', 'print.jpg'])
    expect(await pictureSize(temporary(name))).toEqual({ width: 5, height: 3 })
})

test('a BMP has a size, also when its rows run from the top', async () => {
  const bmp = Buffer.alloc(54)
  bmp.write('BM')
  bmp.writeUInt32LE(40, 14)
  bmp.writeInt32LE(7, 18)
  bmp.writeInt32LE(-5, 22)
  await writeFile(temporary('a.bmp'), bmp)
  expect(await pictureSize(temporary('a.bmp'))).toEqual({ width: 7, height: 5 })
})

test.each([
  ['text.jpg', 'no picture'],
  ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'],
  ['short.bmp', 'BM'],
])('%s is no picture', async (name, content) => {
  await writeFile(temporary(name), content)
  const error = await rejection(pictureSize(temporary(name)))
  expect(error.code).toBe('bad-dataset')
  expect(error.message).toContain(name)
})

test('a picture that is not there is no broken one', async () => {
  for (const name of ['none.png', 'none.bmp'])
    expect((await rejection(pictureSize(temporary(name)))).code).toBe('no-such-file')
})

test('a size that differs is named with both, and when it is turned', () => {
  const size = { width: 4, height: 3 }
  expect(sizeProblem(size, size)).toBeNull()
  expect(sizeProblem(size, { width: 8, height: 6 })).toBe(
    'is annotated as 4x3, but the picture is 8x6',
  )
  expect(sizeProblem(size, { width: 3, height: 4 })).toContain('EXIF')
})
