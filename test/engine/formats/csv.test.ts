import { describe, expect, test } from 'vitest'
import { csv } from '../../../src/engine/formats/csv.ts'
import fc from '../../fixtures/fast-check.ts'

/** Reads CSV by the grammar of RFC 4180 and nothing more. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  const row: string[] = []
  for (const [whole, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    expect(whole).toBeDefined()
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') rows.push(row.splice(0))
  }
  return rows
}

describe('A CSV table', () => {
  test('reads back as the same cells, whatever is in them', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ü', ',', '"', '\n', '\r', ' ', ';') })
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 6 }), (rows) => {
        const guarded = rows.map((row) => row.map((each) => each.replace(/^\r/, "'\r")))
        expect(parseCsv(csv(['x', 'y'], rows))).toEqual([['x', 'y'], ...guarded])
      }),
    )
  })

  test('ends every line with CR LF, the last one included', () => {
    expect(
      csv(
        ['name', 'share'],
        [
          ['bench 1', 0.25],
          [null, 1e-7],
        ],
      ),
    ).toBe('name,share\r\nbench 1,0.25\r\n,1e-7\r\n')
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x","y")'])(
    'keeps a spreadsheet from taking %j for a formula, in header and rows',
    (name) => {
      const [header, row] = parseCsv(csv([name], [[name]]))
      expect(header).toEqual([`'${name}`])
      expect(row).toEqual([`'${name}`])
    },
  )

  test('leaves negative numbers as they are', () => {
    expect(csv(['x'], [[-1]])).toBe('x\r\n-1\r\n')
  })
})
