import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { listImageSets } from '../../../../src/engine/db/image-sets.ts'
import { createProject } from '../../../../src/engine/db/project.ts'
import { writeSet } from '../../../../src/engine/formats/write-set.ts'
import { importSet } from '../../../../src/engine/jobs/datasets/import-set.ts'
import { storedSet } from '../../../../src/engine/jobs/datasets/stored-set.ts'
import { savePicture } from '../../../fixtures/annotated-sets.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const common = { group_id: null, description: '', flags: {}, mask: null }
const triangle = {
  label: 'cell',
  points: [
    [1.25, 0.5],
    [10.75, 2],
    [4, 7.5],
  ],
  ...common,
  shape_type: 'polygon',
}
const box = {
  label: 'nucleus',
  points: [
    [3, 2],
    [6.5, 4.25],
  ],
  ...common,
  shape_type: 'rectangle',
}

test('A Labelme project goes into a project and back as it was, with pictures from within its files', async () => {
  const folder = temporary('annotated')
  await mkdir(folder)
  const picture = await savePicture(temporary('source.png'), { width: 12, height: 8 })
  const bytes = await readFile(picture)
  for (const [name, imageData] of [
    ['a', bytes.toString('base64')],
    ['b', null],
  ] as const) {
    const file = {
      version: '5.5.0',
      flags: {},
      shapes: [triangle, box],
      imagePath: `${name}.png`,
      imageData,
      imageHeight: 8,
      imageWidth: 12,
    }
    await writeFile(temporary('annotated', `${name}.json`), JSON.stringify(file))
  }
  await savePicture(temporary('annotated', 'b.png'), { width: 12, height: 8 })
  const project = createProject(temporary('p.maskbench'))
  try {
    const imported = await importSet(project, folder, { format: 'auto' }, {})
    expect(imported).toMatchObject({ format: 'labelme', images: 2, problems: [] })
    const set = storedSet(project, listImageSets(project))
    const out = temporary('out')
    await writeSet(set, out, { format: 'labelme', pictures: 'copy' }, {})
    for (const name of ['a', 'b']) {
      const written = JSON.parse(await readFile(temporary('out', `${name}.json`), 'utf8'))
      expect(written).toMatchObject({ imagePath: `${name}.png`, imageHeight: 8, imageWidth: 12 })
      expect(written.shapes).toEqual([triangle, box])
      expect(await readFile(temporary('out', `${name}.png`))).toEqual(bytes)
    }
  } finally {
    project.close()
  }
})
