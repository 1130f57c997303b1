import { mkdir, symlink } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { outputNames, requireApart } from '../../../src/engine/segment/output-names.ts'
import { caught } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

test('Results are named like their pictures, apart where two would share a name', () => {
  expect(outputNames(['/a/one.jpg', '/a/two.PNG'], '.png')).toEqual(['one.png', 'two.png'])
  expect(outputNames(['one.jpg', 'ONE.png', 'two.tif'], '.png')).toEqual([
    ...['one.jpg.png', 'ONE.png.png', 'two.png'],
  ])
  expect(outputNames(['legend.png', 'segment.jpg'], '.png')).toEqual([
    ...['legend.png.png', 'segment.jpg.png'],
  ])
})

test('A result may not take the place of its picture, however the folder is reached', async () => {
  await mkdir(temporary('photos'))
  await symlink(temporary('photos'), temporary('link'))
  const inputs = [temporary('photos', 'a.png')]
  const same = [
    temporary('photos', 'a.png'),
    temporary('link', 'a.png'),
    temporary('link', 'A.PNG'),
  ]
  for (const target of same)
    expect(caught(() => requireApart(inputs, [target])).code).toBe('bad-value')
  expect(() => requireApart(inputs, [temporary('photos', 'masks', 'a.png')])).not.toThrow()
})
