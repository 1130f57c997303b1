import { expect, test } from 'vitest'
import { acceptedType } from '../../../src/server/api/accept.ts'

test.each([
  [null, 'image/png'],
  ['*/*', 'image/png'],
  ['image/*', 'image/png'],
  ['application/json', 'application/json'],
  ['Application/JSON; charset=utf-8', 'application/json'],
  ['text/html, application/json;q=0.9, */*;q=0.8', 'application/json'],
  ['image/png;q=0.5, application/*;q=0.4', 'image/png'],
  ['image/png;q=0, */*', 'application/json'],
  ['text/html', null],
  ['image/png;q=0', null],
  ['image/png;q=nonsense', null],
  ['', null],
])('Accept %s means %s', (header, type) => {
  expect(acceptedType(header)).toBe(type)
})
