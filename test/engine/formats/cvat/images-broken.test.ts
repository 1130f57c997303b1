import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { cvat } from '../../../../src/engine/formats/cvat/index.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { documented } from '../../../fixtures/formats/cvat-documented.ts'
import { readSet } from '../../../fixtures/made-up-set.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()
let written = 0

/** Reads a file with this content. */
async function readXml(xml: string, options = {}) {
  const path = temporary(`${written++}.xml`)
  await writeFile(path, xml)
  const set = await cvat.read(path, options)
  return { set, ...(await readSet(set)) }
}

const picture = (shapes: string, size = 'width="10" height="10"'): string =>
  `<annotations><version>1.1</version><image id="0" name="a.png" ${size}>${shapes}</image></annotations>`

describe('a broken file of CVAT', () => {
  it.each([
    ['a box without a side', '<box label="a" xtl="1" ytl="1" xbr="4"/>', /<box>.*ybr is missing/],
    ['a number that is none', '<polygon label="a" points="1,1;x,2;3,3"/>', /points.*a number/],
    ['half a point', '<polygon label="a" points="1,1;2"/>', /pairs of numbers/],
    ['no label', '<polygon points="1,1;2,2;3,1"/>', /no label/],
    [
      'runs of another size',
      '<mask label="a" rle="1,2" left="0" top="0" width="2" height="2"/>',
      /3 pixels.*2x2/,
    ],
    ['negative runs', '<mask label="a" rle="-1,5" left="0" top="0" width="2" height="2"/>', /rle/],
    [
      'a mask beyond the picture',
      '<mask label="a" rle="4" left="9" top="0" width="2" height="2"/>',
      /out of the picture of 10x10/,
    ],
    [
      'a mask of a size that no memory holds',
      '<mask label="a" rle="1,1" left="0" top="0" width="9e9" height="9e9"/>',
      /out of the picture/,
    ],
    ['a shape beyond the picture', '<polygon label="a" points="20,20;25,20;25,25"/>', /no pixel/],
  ])('has a problem for %s, and the rest of the picture', async (_what, shape, why) => {
    const whole = '<box label="b" xtl="0" ytl="0" xbr="2" ybr="2"/>'
    const { images, problems } = await readXml(picture(shape + whole))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ file: 'a.png', why: expect.stringMatching(why) })
    expect(images[0]?.objects).toHaveLength(1)
  })

  it.each([
    ['no name', '<image id="3" width="4" height="4"/>', 'image 3'],
    ['no size', '<image id="3" name="b.png"/>', 'b.png'],
    ['a size beyond reason', '<image id="3" name="b.png" width="99999" height="4"/>', 'b.png'],
    [
      'a name that leads out',
      '<image id="3" name="../../b.png" width="4" height="4"/>',
      '../../b.png',
    ],
  ])('has a problem for a picture with %s, and the others', async (_what, image, file) => {
    const xml = `<annotations>${image}<image id="4" name="c.png" width="4" height="4"/></annotations>`
    const { images, problems } = await readXml(xml)
    expect(problems.map((problem) => problem.file)).toEqual([file])
    expect(images.map(({ name }) => name)).toEqual(['c.png'])
  })

  it('is refused where it is cut', async () => {
    const error = await rejection(readXml(documented.slice(0, -40)))
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toContain('.xml')
  })

  it('is refused for more labels than a mask can hold', async () => {
    const boxes = Array.from(
      { length: 255 },
      (_, i) => `<box label="c${i}" xtl="0" ytl="0" xbr="2" ybr="2"/>`,
    )
    const error = await rejection(readXml(picture(boxes.join(''))))
    expect(error.message).toContain('255 labels')
  })

  it('is refused where it is not CVAT’s', async () => {
    const error = await rejection(readXml('<annotation><filename>a.jpg</filename></annotation>'))
    expect(error.code).toBe('bad-dataset')
    expect((await rejection(cvat.read(temporary('none'), {}))).code).toBe('no-such-file')
  })

  it('is told from other XML without being read', async () => {
    const path = temporary('voc.xml')
    await writeFile(path, '<annotation><filename>a.jpg</filename></annotation>')
    expect(await cvat.recognises(path)).toBe(false)
    await writeFile(path, documented)
    expect(await cvat.recognises(path)).toBe(true)
    expect(await cvat.recognises(temporary('none'))).toBe(false)
  })
})
