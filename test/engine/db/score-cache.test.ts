import { expect, test } from 'vitest'
import { ArrayCache } from '../../../src/engine/db/score-cache.ts'

const array = (numbers: number) => () => new Float64Array(numbers)

test('arrays are kept by their last use, up to the capacity in bytes', () => {
  const made: string[] = []
  const cache = new ArrayCache(30 * 8)
  const use = (key: string, numbers: number) =>
    cache.get(key, () => {
      made.push(key)
      return array(numbers)()
    })
  for (const key of ['a', 'b', 'c']) use(key, 10)
  expect(use('a', 10)).toBe(use('a', 10))
  use('d', 10)
  use('a', 10)
  use('c', 10)
  expect(made).toEqual(['a', 'b', 'c', 'd'])
  use('b', 10)
  expect(made.at(-1)).toBe('b')
})

test('an array larger than the capacity is kept until the next one', () => {
  const cache = new ArrayCache(8)
  const large = cache.get('large', array(100))
  expect(cache.get('large', array(100))).toBe(large)
  cache.get('small', array(1))
  expect(cache.get('large', array(100))).not.toBe(large)
})
