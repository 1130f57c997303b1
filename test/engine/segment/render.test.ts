import sharp from 'sharp'
import { expect, test } from 'vitest'
import { readMask } from '../../../src/engine/formats/mask-file.ts'
import { ownChannels, ownClasses } from '../../../src/engine/infer/own-classes.ts'
import { vocClasses } from '../../../src/engine/models/voc.ts'
import { pictureEncodings } from '../../../src/engine/segment/encode-picture.ts'
import { legendSvg } from '../../../src/engine/segment/legend.ts'
import { onlyClasses, renderings, type Seen } from '../../../src/engine/segment/render.ts'
import { caught } from '../../fixtures/caught.ts'

const classes = ownClasses({ id: 'voc', classes: [...vocClasses] })
const person = vocClasses.indexOf('person')
/** Two pixels beside each other: background and a person, both of one colour. */
const seen: Seen = {
  picture: { width: 2, height: 1, data: Uint8Array.of(200, 100, 50, 200, 100, 50) },
  mask: { width: 2, height: 1, data: Uint8Array.of(0, person) },
  classes,
}

test('Classes have the colours of PASCAL VOC', () => {
  const table = Object.fromEntries(classes.map(({ name, colour }) => [name, colour]))
  // http://host.robots.ox.ac.uk/pascal/VOC/voc2012/htmldoc/devkit_doc.html
  expect(table).toMatchObject({
    ...{ background: '#000000', aeroplane: '#800000', bicycle: '#008000', person: '#c08080' },
    tvmonitor: '#004080',
  })
  expect([...renderings.colour(seen)]).toEqual([0, 0, 0, 192, 128, 128])
})

test('A splash is grey as bright as the picture where nothing is seen, and coloured elsewhere', () => {
  const grey = Math.round(0.2125 * 200 + 0.7154 * 100 + 0.0721 * 50)
  expect([...renderings.splash(seen)]).toEqual([grey, grey, grey, 200, 100, 50])
})

test('An overlay leaves the background as it is', () => {
  const tinted = renderings.overlay(seen)
  expect([...tinted.subarray(0, 3)]).toEqual([200, 100, 50])
  expect([...tinted.subarray(3)]).not.toEqual([200, 100, 50])
})

test('Classes that are not asked for are background', () => {
  const mask = { width: 3, height: 1, data: Uint8Array.of(0, 8, person) }
  expect([...onlyClasses(mask, [person]).data]).toEqual([0, 0, person])
  expect(onlyClasses(mask, null)).toBe(mask)
})

test('Masks are files whose values and classes are read back', async () => {
  const file = await pictureEncodings.mask(seen)
  const { mask } = await readMask(file, 'a.png', { classes })
  expect([...mask.data]).toEqual([0, person])
  const colours = await sharp(await pictureEncodings.colour(seen))
    .raw()
    .toBuffer()
  expect([...colours]).toEqual([0, 0, 0, 192, 128, 128])
})

test('A network with one class has the background beside it', () => {
  const one = { id: 'one', classes: ['person'] }
  expect(ownClasses(one).map(({ name }) => name)).toEqual(['background', 'person'])
  expect(ownChannels(one)).toEqual([1])
  const many = { id: 'many', classes: Array.from({ length: 300 }, (_, i) => `c${i}`) }
  expect(caught(() => ownClasses(many)).code).toBe('unsupported-model')
})

test('The legend has a swatch and a name for each class, whatever the name is', async () => {
  const odd = [...classes, { index: 21, name: '<b>&"', colour: '#123456' }]
  const svg = legendSvg(odd)
  expect(svg.match(/<text/g)).toHaveLength(22)
  expect(svg).toContain('fill="#c08080"')
  expect(svg).not.toContain('<b>')
  const { width, height } = await sharp(Buffer.from(svg)).metadata()
  expect(Math.min(width, height)).toBeGreaterThan(100)
})
