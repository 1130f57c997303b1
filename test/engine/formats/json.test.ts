import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parseJson, readJson } from '../../../src/engine/formats/json.ts'
import { findJsonFault } from '../../../src/engine/formats/json-error.ts'
import fc from '../../fixtures/fast-check.ts'

const anything = z.unknown()

function messageOf(text: string): string {
  try {
    parseJson(text, 'rois.json', anything)
  } catch (error) {
    if (error instanceof Error) return error.message
  }
  return 'no error'
}

describe('A JSON file with a mistake', () => {
  test.each([
    ['a comment', '{\n  // mine\n  "a": 1\n}', 'line 2, column 3', 'a comment'],
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3', "expected ',' or '}'"],
    ['a trailing comma', '{"a": 1,\r\n}', 'line 2, column 1', "found '}', expected a name"],
    ['a trailing comma in a list', '[1, 2,]', 'line 1, column 7', "found ']', expected a value"],
    ['single quotes', "{'a': 1}", 'line 1, column 2', 'a single quote'],
    ['a word', '[1, x1, 2]', 'line 1, column 5', "found 'x1', expected a value"],
    ['an unclosed text', '["ab\n"]', 'line 1, column 2', 'a text that is not closed'],
    ['an early end', '{"a": [1', 'line 1, column 9', "found the text ends, expected ',' or ']'"],
    ['nothing in it', '', 'line 1, column 1', 'expected a value'],
    ['more after its end', '{}\n{}', 'line 2, column 1', "found '{', expected nothing more"],
    ['the wrong bracket', '[1}', 'line 1, column 3', "found '}', expected ',' or ']'"],
    ['no colon', '{"a" 1}', 'line 1, column 6', "expected ':'"],
    ['a leading zero', '[012]', 'line 1, column 3', "expected ',' or ']'"],
  ])('names line and column of %s', (_title, text, place, problem) => {
    const message = messageOf(text)
    expect(message).toContain(`rois.json, ${place}`)
    expect(message).toContain(problem)
  })

  test('has the code bad-json', () => {
    expect(() => parseJson('{', 'f', anything)).toThrow(
      expect.objectContaining({ code: 'bad-json' }),
    )
  })
})

test('the fault finder and JSON.parse agree on what JSON is, for JSON with a character changed', () => {
  const edited = fc
    .tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.constantFrom(...'{}[]:,"x1 -e.\\\n', ''))
    .map(([text, at, put]) => {
      const place = at % (text.length + 1)
      return text.slice(0, place) + put + text.slice(place + 1)
    })
  const parses = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(edited, (text) => (findJsonFault(text) === null) === parses(text)),
    { seed: 7, numRuns: 3000 },
  )
})

test('a value that does not fit the schema is named by its path', () => {
  const schema = z.strictObject({ rois: z.array(z.object({ points: z.array(z.number()) })) })
  const parse = () => parseJson('{"rois":[{"points":[1,"2"]}],"more":1}', 'rois.json', schema)
  expect(parse).toThrow(expect.objectContaining({ code: 'bad-value' }))
  expect(parse).toThrow(/rois\[0\]\.points\[1\]: .*expected number/)
  expect(parse).toThrow(/more/)
})

test('a byte order mark is no fault, and defaults of the schema are filled in', () => {
  const schema = z.object({ kind: z.string().default('count') })
  expect(parseJson('\uFEFF{}', 'f', schema)).toEqual({ kind: 'count' })
})

test('a file that is not there is an error with its path', async () => {
  await expect(readJson('/no/such/file.json', anything)).rejects.toMatchObject({
    code: 'no-such-file',
    message: expect.stringContaining('/no/such/file.json'),
  })
})
