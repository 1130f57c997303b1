import { describe, expect, test } from 'vitest'
import { voc } from '../../../../src/engine/formats/voc/index.ts'
import { pixelCounts, readAll, savePicture } from '../../../fixtures/annotated-sets.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { annotation, noOptions, save } from '../../../fixtures/formats/voc-files.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

describe('Reading a set of PASCAL VOC boxes', () => {
  test('takes boxes as pixels from 1 with both ends', async () => {
    const folder = temporary('boxes')
    await save(temporary('boxes', 'Annotations', '2007_000032.xml'), annotation)
    expect(await voc.recognises(folder)).toBe(true)
    const set = await voc.read(folder, noOptions)
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'aeroplane', 'person'])
    const { images, problems } = await readAll(set)
    expect(problems).toEqual([])
    expect(images[0]).toMatchObject({ name: '2007_000032.jpg', width: 500, height: 281 })
    expect(images[0]?.objects.map(({ box, boxOnly }) => [box, boxOnly])).toEqual([
      [{ x: 103, y: 77, width: 272, height: 106 }, true],
      [{ x: 132, y: 87, width: 65, height: 36 }, true],
      [{ x: 194, y: 179, width: 19, height: 50 }, true],
      [{ x: 25, y: 188, width: 19, height: 50 }, true],
    ])
    expect(images[0] && pixelCounts(set, images[0])).toMatchObject({
      // The second aeroplane's box is within the first one's; a person's overlaps it by 19x4.
      aeroplane: 272 * 106 - 19 * 4,
      person: 2 * 19 * 50,
    })
  })

  test('finds them below VOCdevkit, and beside the pictures as LabelImg leaves them', async () => {
    await save(temporary('kit', 'VOCdevkit', 'VOC2012', 'Annotations', 'a.xml'), annotation)
    expect(await voc.recognises(temporary('kit'))).toBe(true)
    expect((await voc.read(temporary('kit'), noOptions)).count).toBe(1)

    await save(temporary('flat', 'a.xml'), annotation)
    await savePicture(temporary('flat', 'a.png'), { width: 500, height: 281 })
    await savePicture(temporary('flat', 'b.png'), { width: 5, height: 5 })
    expect(await voc.recognises(temporary('flat'))).toBe(true)
    const { images } = await readAll(await voc.read(temporary('flat'), noOptions))
    expect(images.map(({ name, annotated }) => [name, annotated])).toEqual([
      ['a.png', true],
      ['b.png', false],
    ])
  })

  test('takes the lists of pictures, and not those of the classes', async () => {
    const lists = (...parts: string[]) => temporary('lists', 'ImageSets', 'Main', ...parts)
    for (const name of ['room 0', 'room 1'])
      await save(temporary('lists', 'Annotations', `${name}.xml`), annotation)
    await save(lists('train.txt'), 'room 0\n')
    await save(lists('val.txt'), 'room 1\n')
    await save(lists('person_train.txt'), 'room 0  1\n')
    await save(lists('person_val.txt'), 'room 1 -1\n')
    const { images, problems } = await readAll(await voc.read(temporary('lists'), noOptions))
    expect(problems).toEqual([])
    expect(images.map(({ name, split }) => [name, split])).toEqual([
      ['room 0.jpg', 'train'],
      ['room 1.jpg', 'val'],
    ])
    await save(lists('val.txt'), 'room 0\nroom 1\n')
    const again = await readAll(await voc.read(temporary('lists'), noOptions))
    expect(again.problems).toEqual([
      { file: 'room 0', why: 'is in the lists train and val; train was taken' },
    ])
  })

  test('asks which one where there are several', async () => {
    for (const year of ['VOC2007', 'VOC2012'])
      await save(temporary('two', year, 'Annotations', 'a.xml'), annotation)
    const error = await rejection(voc.read(temporary('two'), noOptions))
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toContain('VOC2007, VOC2012')
  })

  test('names what is wrong with a file or an object, and reads the rest', async () => {
    const folder = temporary('broken')
    const broken = annotation
      .replace('<xmin>133</xmin>', '<xmin>left</xmin>')
      .replace('<xmax>213</xmax>', '<xmax>3</xmax>')
      .replace('<xmin>26</xmin>', '<xmin>600</xmin>')
      .replace('<xmax>44</xmax>', '<xmax>700</xmax>')
    await save(temporary('broken', 'Annotations', 'a.xml'), broken)
    await save(temporary('broken', 'Annotations', 'b.xml'), annotation.replace('</size>', ''))
    await save(temporary('broken', 'Annotations', 'c.xml'), '<annotation></annotation>')
    const { images, problems } = await readAll(await voc.read(folder, noOptions))
    expect(images.map(({ objects }) => objects.length)).toEqual([1])
    expect(problems.map(({ file }) => file)).toEqual([
      'Annotations/a.xml',
      'Annotations/a.xml',
      'Annotations/a.xml',
      'b',
      'c',
    ])
    const why = problems.map((problem) => problem.why)
    expect(why[0]).toMatch(/object 2: xmin: expected a number/)
    expect(why[1]).toMatch(/object 3: xmax is less than xmin/)
    expect(why[2]).toMatch(/object 4: .*covers no pixel of the picture of 500x281/)
    expect(why[3]).toMatch(/b\.xml: line \d+/)
    expect(why[4]).toMatch(/neither a picture nor a size/)
  })

  test('says when the size in the file is not that of the picture, turned by EXIF included', async () => {
    await save(temporary('size', 'Annotations', 'a.xml'), annotation)
    await savePicture(temporary('size', 'JPEGImages', 'a.jpg'), { width: 500, height: 281 }, 6)
    const { images, problems } = await readAll(await voc.read(temporary('size'), noOptions))
    expect(images).toEqual([])
    expect(problems[0]?.why).toContain('281x500')
  })

  test('says once what is not kept of what its files say of objects', async () => {
    const object = (more: string) =>
      `<object><name>car</name>${more}<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object>`
    const file = (...objects: string[]) =>
      `<annotation><size><width>4</width><height>3</height></size>${objects.join('')}</annotation>`
    const folder = temporary('said')
    const plain = object('<pose>Unspecified</pose><truncated>0</truncated><difficult>0</difficult>')
    const hard = object('<pose>Left</pose><difficult>1</difficult>')
    await save(`${folder}/Annotations/a.xml`, file(plain, hard))
    await save(`${folder}/Annotations/b.xml`, file(hard, object('<truncated>1</truncated>')))
    const { images, problems } = await readAll(await voc.read(folder, noOptions))
    expect(images.map(({ objects }) => objects.length)).toEqual([2, 2])
    expect(problems.map(({ why }) => why)).toEqual([
      'not kept: objects marked as "difficult" (2)',
      'not kept: objects with a pose (2)',
      'not kept: objects marked as "truncated" (1)',
    ])
  })
})
