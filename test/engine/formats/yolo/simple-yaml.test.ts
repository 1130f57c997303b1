import { describe, expect, test } from 'vitest'
import { SimpleYaml, yamlText } from '../../../../src/engine/formats/yolo/simple-yaml.ts'
import { caught } from '../../../fixtures/caught.ts'
import fc from '../../../fixtures/fast-check.ts'

describe('The YAML of data.yaml', () => {
  test.each([
    ['a: b # c', 'b'],
    ['a: "b # c"', 'b # c'],
    ["a: 'it''s'  # c", "it's"],
    ['a: b#c', 'b#c'],
    ['a:', null],
    ['a: # nothing', null],
    ['a: [b, "c, d", \'e\']  # f', ['b', 'c, d', 'e']],
    ['a: [\n  b, # one\n  c,\n]', ['b', 'c']],
    ['a: []', []],
    ['a:\n- b\n- "c"\n', ['b', 'c']],
    ['a:\n  - b # one\n\n  - c: d\n', ['b', 'c: d']],
    ['---\nother:\n  a: 1\na: b\n', 'b'],
    ['"a": b', 'b'],
    ['a: "\\u00e4\\"b"', 'ä"b'],
  ])('%j', (text, expected) => {
    expect(new SimpleYaml(text, 'data.yaml').get('a')).toEqual(expected)
  })

  test.each([
    ['a:\n  0: b # one\n  1: "c: d"', { 0: 'b', 1: 'c: d' }],
    ["a: {0: b, 1: 'c, d', e: }", { 0: 'b', 1: 'c, d', e: '' }],
  ])('%j', (text, expected) => {
    expect(new SimpleYaml(text, 'data.yaml').get('a')).toEqual(new Map(Object.entries(expected)))
  })

  test.each(['a: [b', 'a: {b, c}', 'a: [b] c', 'a:\n  b\n', 'a:\n  - b\n  c: d'])(
    'refuses %j',
    (text) => {
      const error = caught(() => new SimpleYaml(text, 'data.yaml').get('a'))
      expect(error.code).toBe('bad-dataset')
      expect(error.message).toMatch(/^data.yaml, line \d/)
    },
  )

  test('gives back every name that it writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        fc.pre(name !== 'names')
        const yaml = new SimpleYaml(`names:\n  0: ${yamlText(name)}\n${yamlText(name)}: x\n`, 'a')
        expect(yaml.get('names')).toEqual(new Map([['0', name]]))
        expect(yaml.get(name)).toBe('x')
      }),
    )
  })
})
