import { expect, it } from 'vitest'
import { LatestLoader } from '../../../src/renderer/src/canvas/latest-loader.ts'

it('loads one after the other, and of what is wanted meanwhile only the latest', async () => {
  const asked: number[] = []
  const shown: number[] = []
  const loader = new LatestLoader(
    async (key: number) => {
      asked.push(key)
      await new Promise((resolve) => setTimeout(resolve, 5))
      return key
    },
    (value) => shown.push(value),
    () => {},
  )
  for (let key = 0; key <= 100; key++) loader.want(key)
  await expect.poll(() => loader.isIdle).toBe(true)
  expect(asked).toEqual([0, 100])
  expect(shown).toEqual([0, 100])
})

it('goes on after a failure', async () => {
  const failed: number[] = []
  const shown: number[] = []
  const loader = new LatestLoader(
    async (key: number) => {
      if (key === 1) throw new Error('gone')
      return key
    },
    (value) => shown.push(value),
    (_, key) => failed.push(key),
  )
  loader.want(1)
  loader.want(2)
  await expect.poll(() => loader.isIdle).toBe(true)
  expect({ failed, shown }).toEqual({ failed: [1], shown: [2] })
})
