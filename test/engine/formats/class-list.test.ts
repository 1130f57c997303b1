import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { readClassList } from '../../../src/engine/formats/class-list.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

test('the table that lies beside masks names their classes', async () => {
  const table = 'index,name,colour,parent\n0,background,#000000,\n7,tank,#e69f00,\n255,ignore,,\n'
  await writeFile(temporary('classes.csv'), table)
  const classes = await readClassList(temporary('classes.csv'))
  expect(classes.map(({ index, name }) => [index, name])).toEqual([
    [0, 'background'],
    [7, 'tank'],
  ])
})
