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

it('gives up what nobody looks at any more: it is aborted, neither shown nor said to have failed', async () => {
  const told: string[] = []
  const loader = new LatestLoader(
    (key: number, signal) =>
      new Promise<number>((resolve, reject) => {
        if (key === 2) resolve(key)
        signal.addEventListener('abort', () => {
          told.push(`aborted ${key}`)
          reject(new Error('aborted'))
        })
      }),
    (value) => told.push(`shown ${value}`),
    (_, key) => told.push(`failed ${key}`),
  )
  loader.want(1)
  loader.giveUp()
  await expect.poll(() => loader.isIdle).toBe(true)
  loader.want(2)
  await expect.poll(() => loader.isIdle).toBe(true)
  expect(told).toEqual(['aborted 1', 'shown 2'])
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
