import { expect, test } from 'vitest'
import { packLivePicture, unpackLivePicture } from '../../src/shared/live-picture.ts'
import { caught } from '../fixtures/caught.ts'

const picture = {
  number: 70_000,
  jpeg: Uint8Array.from([255, 216, 7, 255, 217]),
  map: { width: 3, height: 2, data: Uint8Array.from([0, 1, 2, 253, 254, 255]) },
}

test('a picture and its map come out of their bytes as they went in', () => {
  expect(unpackLivePicture(packLivePicture(picture))).toEqual(picture)
})

test.each([0, 15, 20])('bytes that end after %i are refused', (length) => {
  const bytes = packLivePicture(picture).slice(0, length)
  expect(caught(() => unpackLivePicture(bytes))).toMatchObject({ code: 'bad-value' })
})
