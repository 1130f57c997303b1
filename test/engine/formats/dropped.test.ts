import { describe, expect, test } from 'vitest'
import type { AnnotatedImage, Raster } from '../../../src/engine/formats/annotated-set.ts'
import { droppedBy } from '../../../src/engine/formats/dropped.ts'
import { type Feature, features } from '../../../src/engine/formats/format.ts'
import { datasetFormats } from '../../../src/engine/formats/formats.ts'
import { featuresOf, hasHoles } from '../../../src/engine/formats/set-features.ts'
import { objectOf } from '../../../src/engine/formats/shapes/compose.ts'
import { imageOf, maskedImage, setOf } from '../../fixtures/annotated-sets.ts'

const size = { width: 4, height: 3 }

function raster(x: number, y: number, ...rows: string[]): Raster {
  const data = Uint8Array.from([...rows.join('')].map(Number))
  return { x, y, width: rows[0]?.length ?? 0, height: rows.length, data }
}

async function found(image: AnnotatedImage): Promise<Feature[]> {
  const counts = await featuresOf(setOf(['car'], [image]), {})
  return [...counts.keys()].filter((feature) => feature !== 'class-names')
}

const square = objectOf(1, raster(0, 0, '11', '11'))
const shaped = objectOf(1, raster(0, 0, '10', '11'))

test('a recording for CVAT loses the names of any set', () => {
  const dropped = droppedBy(datasetFormats['cvat-video'], new Map(), { pictures: 'copy' })
  expect(dropped).toEqual([expect.stringContaining('names of the images')])
})

describe('What a set has is found', () => {
  test.each<[Feature[], Partial<AnnotatedImage>]>([
    [[], { objects: [square] }],
    [['masks'], { objects: [shaped] }],
    [['masks', 'holes'], { objects: [objectOf(1, raster(0, 0, '111', '101', '111'))] }],
    [['objects'], { objects: [square, objectOf(1, raster(2, 0, '11', '11'))] }],
    [['overlap'], { objects: [square, objectOf(2, raster(1, 1, '11', '11'))] }],
    [['crowds'], { objects: [{ ...square, crowd: true }] }],
    [['boxes'], { objects: [{ ...square, boxOnly: true }] }],
    [['tracks'], { objects: [{ ...square, track: 0 }] }],
    [['splits'], { objects: [square], split: 'train' }],
    [['scenes'], { objects: [square], scene: 'hall' }],
    [['pictures'], { objects: [square], file: '/a.jpg' }],
    [['unused-classes', 'empty-images'], {}],
    [['unused-classes', 'unannotated-images'], { annotated: false }],
  ])('%j', async (expected, image) => {
    expect((await found(imageOf('a.jpg', size, image))).sort()).toEqual([...expected].sort())
  })

  test('in masks as well', async () => {
    const data = Uint8Array.from([1, 1, 1, 1, 0, 1, 1, 1, 1, 255, 255, 255])
    expect(await found(maskedImage('a', { ...size, height: 3, data }))).toEqual(['masks', 'ignore'])
  })

  test('of classes', async () => {
    const set = setOf(['car', 'bus'], [imageOf('a', size, { objects: [square] })])
    const classes = set.classes.map((each, i) => ({
      ...each,
      colour: '#123456',
      parent: i === 1 ? 'vehicle' : null,
    }))
    const counts = await featuresOf({ ...set, classes }, {})
    expect(Object.fromEntries(counts)).toEqual({
      colours: 3,
      parents: 1,
      'class-names': 2,
      'unused-classes': 1,
    })
  })
})

test('a hole is what cannot be reached from outside over sides', () => {
  expect(hasHoles(raster(0, 0, '111', '101', '111'))).toBe(true)
  expect(hasHoles(raster(0, 0, '111', '101', '110'))).toBe(true)
  expect(hasHoles(raster(0, 0, '111', '101', '101'))).toBe(false)
  expect(hasHoles(raster(0, 0, '1'))).toBe(false)
})

test('what a format does not hold is said with how much of it there is', () => {
  const counts = new Map<Feature, number>([
    ['holes', 1],
    ['overlap', 1200],
    ['pictures', 3],
  ])
  const format = { holds: new Set<Feature>(['holes', 'pictures']) }
  expect(droppedBy(format, counts, { pictures: 'copy' })).toEqual([
    'what is hidden where things cover each other (in 1,200 images): the upper one keeps the pixels',
  ])
  expect(droppedBy(format, counts, { pictures: 'none' })).toHaveLength(2)
})

test('there are words for each feature', () => {
  const all = new Map(features.map((feature) => [feature, 2] as const))
  const sentences = droppedBy({ holds: new Set() }, all, { pictures: 'copy' })
  expect(sentences).toHaveLength(features.length)
  for (const sentence of sentences) expect(sentence).toMatch(/2 (images|classes)/)
})
