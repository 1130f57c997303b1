import { expect, test } from 'vitest'
import { readTable, writeTable } from '../../../src/engine/formats/table-file.ts'
import { caught } from '../../fixtures/caught.ts'
import fc from '../../fixtures/fast-check.ts'

test('rows are read by the names of the columns', () => {
  expect(readTable('image_id, class ,bounds\n1,car,"(1,2)"\n\n2,"a ""b""",x\n', 'a.csv')).toEqual([
    { image_id: '1', class: 'car', bounds: '(1,2)' },
    { image_id: '2', class: 'a "b"', bounds: 'x' },
  ])
})

test.each([';', '\t'])('columns may be parted by %j', (delimiter) => {
  const text = [
    ['a', 'b'],
    ['1,5', '2'],
  ]
    .map((row) => row.join(delimiter))
    .join('\r\n')
  expect(readTable(text, 'a.csv')).toEqual([{ a: '1,5', b: '2' }])
})

test.each([
  ['', 'is empty'],
  ['a,a\n1,2', 'has two columns "a"'],
  ['a,b\n1,2\n1,2,3', 'row 3 has 3 columns; 2 were expected'],
  ['a,b\n1,"2', 'row 2: Quoted field unterminated'],
])('%j is refused: %s', (text, why) => {
  expect(caught(() => readTable(text, 'a.csv'))).toMatchObject({
    code: 'bad-dataset',
    message: expect.stringContaining(why),
  })
})

test('a column may have any name', () => {
  const [row] = readTable('__proto__,b\nx,y', 'a.csv')
  expect(Object.entries(row ?? {})).toEqual([
    ['__proto__', 'x'],
    ['b', 'y'],
  ])
})

test('what is written is read back', () => {
  const value = fc.string({ unit: 'grapheme' }).filter((text) => text.trim() !== '')
  const header = ['name', 'value']
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value)), (rows) => {
      const read = readTable(writeTable(header, rows), 'a.csv')
      expect(read.map((row) => [row.name, row.value])).toEqual(rows)
    }),
  )
})
