import { describe, expect, it } from 'vitest'
import { jsonItems } from '../../../src/engine/formats/json-items.ts'
import { caught } from '../../fixtures/caught.ts'
import fc from '../../fixtures/fast-check.ts'

const items = (text: string) => [...jsonItems(text, 'a.json')]

describe('the items of a JSON array', () => {
  it('are those of the whole array', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(3), (values, indent) => {
        const text = ` ${JSON.stringify(values, null, indent)}\n`
        expect(items(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('may be none', () => {
    expect(items(' [ \n ] ')).toEqual([])
  })

  it('are given until the one that is broken, which is named by its place in the file', () => {
    const list = jsonItems('[\n{"a": 1},\n{"a": 1,}\n]', 'a.json')
    expect(list.next().value).toEqual({ a: 1 })
    const error = caught(() => list.next())
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toMatch(/^a\.json, line 3, column 9/)
  })

  it.each([
    ['nothing', ''],
    ['an object', '{"a": []}'],
    ['an end within an item', '[{"a": [1, 2'],
    ['an end within a text', '[{"a": "b'],
    ['a comma too many', '[1, 2,]'],
    ['a comma alone', '[,]'],
    ['a comma before', '[,1]'],
    ['two arrays', '[1] [2]'],
    ['brackets that do not fit', '[{"a": 1]}'],
    ['more after it', '[1], 2]'],
  ])('are refused for %s', (_what, text) => {
    expect(caught(() => items(text)).code).toBe('bad-dataset')
  })
})
