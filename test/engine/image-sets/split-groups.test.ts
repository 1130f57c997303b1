import { expect, test } from 'vitest'
import { JoinedGroups } from '../../../src/engine/image-sets/join-groups.ts'
import { type SplitGroup, splitGroups } from '../../../src/engine/image-sets/split-groups.ts'
import fc from '../../fixtures/fast-check.ts'

const single = (image: number, ...classes: number[]): SplitGroup => ({
  images: [image],
  classes: new Map(classes.map((index) => [index, 1])),
})

function sizes(parts: ReadonlyMap<number, number>, count: number): number[] {
  const list = [...parts.values()]
  return Array.from({ length: count }, (_, part) => list.filter((each) => each === part).length)
}

test('images are divided in the ratio', () => {
  const groups = Array.from({ length: 100 }, (_, i) => single(i))
  expect(sizes(splitGroups(groups, [9, 1], 0), 2)).toEqual([90, 10])
  expect(sizes(splitGroups(groups, [8, 1, 1], 0), 3)).toEqual([80, 10, 10])
  expect(sizes(splitGroups(groups, [1, 0], 0), 2)).toEqual([100, 0])
})

test('a rare class is in both parts', () => {
  const groups = Array.from({ length: 200 }, (_, i) => single(i, 1, ...(i < 10 ? [2] : [])))
  const parts = splitGroups(groups, [9, 1], 3)
  const rare = [...parts].filter(([image]) => image < 10).map(([, part]) => part)
  expect(rare.filter((part) => part === 1)).toHaveLength(1)
  expect(sizes(parts, 2)).toEqual([180, 20])
})

test('the seed decides, and nothing else', () => {
  const groups = Array.from({ length: 50 }, (_, i) => single(i, i % 3))
  expect(splitGroups(groups, [1, 1], 7)).toEqual(splitGroups(groups, [1, 1], 7))
  expect(splitGroups(groups, [1, 1], 7)).not.toEqual(splitGroups(groups, [1, 1], 8))
})

test('groups are never divided, every image is in a part, and parts are near the ratio', () => {
  const group = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(4), { maxLength: 3 }))
  fc.assert(
    fc.property(fc.array(group, { minLength: 1, maxLength: 60 }), fc.nat(1000), (list, seed) => {
      let next = 0
      const groups = list.map(([count, classes]): SplitGroup => {
        const images = Array.from({ length: count }, () => next++)
        return { images, classes: new Map(classes.map((index) => [index, count])) }
      })
      const parts = splitGroups(groups, [3, 1], seed)
      expect([...parts.keys()].sort((a, b) => a - b)).toEqual([...Array(next).keys()])
      for (const { images } of groups)
        expect(new Set(images.map((image) => parts.get(image))).size).toBe(1)
      // Off by no more than the largest groups of every class and of none could be.
      expect(Math.abs((sizes(parts, 2)[1] ?? 0) - next / 4)).toBeLessThanOrEqual(5 * 6)
    }),
  )
})

test('what is joined through others is one group', () => {
  const joined = new JoinedGroups(6)
  for (const [a, b] of [
    [4, 3],
    [1, 5],
    [3, 1],
  ] as const)
    joined.join(a, b)
  expect(joined.groups()).toEqual([[0], [1, 3, 4, 5], [2]])
})
