import { mkdtemp } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { Raster } from '../../../src/engine/formats/annotated-set.ts'
import { droppedBy } from '../../../src/engine/formats/dropped.ts'
import {
  datasetFormats,
  formatNames,
  recogniseFormat,
} from '../../../src/engine/formats/formats.ts'
import { openSet } from '../../../src/engine/formats/open-set.ts'
import { featuresOf } from '../../../src/engine/formats/set-features.ts'
import { objectOf } from '../../../src/engine/formats/shapes/compose.ts'
import { writeSet } from '../../../src/engine/formats/write-set.ts'
import { imageOf, namedMask, readAll, savePicture, setOf } from '../../fixtures/annotated-sets.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const size = { width: 12, height: 9 }

/** What files of these formats are taken for where nobody says what they are. */
const takenFor: Readonly<Record<string, string>> = {
  'cvat-mask': 'voc',
  'cvat-video': 'cvat',
  'via-3': 'via',
  'via-csv': 'via',
}

function raster(x: number, y: number, ...rows: string[]): Raster {
  const data = Uint8Array.from([...rows.join('')].map(Number))
  return { x, y, width: rows[0]?.length ?? 0, height: rows.length, data }
}

/** Pictures with a hole, stray pixels, parts that touch, and nothing. */
async function awkwardSet() {
  const file = await savePicture(temporary('p.png'), size)
  const ring = objectOf(1, raster(1, 1, '1111', '1001', '1001', '1111'))
  const stray = objectOf(2, raster(7, 0, '10001', '00000', '00100'))
  const corner = objectOf(1, raster(6, 5, '110', '001', '011'))
  const images = [[ring, stray, corner], [stray], []].map((objects, i) =>
    imageOf(`room ${i}.png`, size, { file, objects }),
  )
  return setOf(['car', 'bus stop'], images)
}

describe.each(formatNames)('%s', (format) => {
  test('is recognised by what it writes, as a folder and as a zip', async () => {
    const folder = await mkdtemp(temporary('written-'))
    const options = { format, pictures: 'copy' } as const
    await writeSet(await awkwardSet(), `${folder}/set`, options, {})
    expect(await recogniseFormat(`${folder}/set`)).toBe(takenFor[format] ?? format)
    await writeSet(await awkwardSet(), `${folder}/set.zip`, options, {})
    await using opened = await openSet(`${folder}/set.zip`, { format: 'auto' }, {})
    expect(opened.format).toBe(takenFor[format] ?? format)
  })

  test('gives back every pixel, or says what it drops', async () => {
    const set = await awkwardSet()
    const folder = `${await mkdtemp(temporary('round-'))}/set`
    await writeSet(set, folder, { format, pictures: 'copy' }, {})
    await using opened = await openSet(folder, { format }, {})
    const { images, problems } = await readAll(opened.set)
    expect(problems).toEqual([])
    const dropped = droppedBy(datasetFormats[format], await featuresOf(set, {}), {
      pictures: 'copy',
    })
    const expected = (await readAll(set)).images
    const isWhole = datasetFormats[format].holds.has('masks')
    expect(dropped.some((sentence) => sentence.startsWith('outlines'))).toBe(!isWhole)
    for (const [i, image] of expected.entries()) {
      const isOfImage = ({ name }: { name: string }) =>
        name.replace(/\.\w+$/, '') === image.name.replace(/\.\w+$/, '')
      // Frames of a video are told by their numbers alone.
      const found = format === 'cvat-video' ? images[i] : images.find(isOfImage)
      if (!found) expect(datasetFormats[format].holds.has('empty-images')).toBe(false)
      else if (isWhole) expect(namedMask(opened.set, found)).toEqual(namedMask(set, image))
    }
  })
})
