import { expect, test } from 'vitest'
import { readAhead } from '../../src/engine/read-ahead.ts'
import { collect } from '../fixtures/collect.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('results come in the order of the items, some of them read ahead', async () => {
  const events: string[] = []
  const read = async (item: number): Promise<number> => {
    events.push(`read ${item}`)
    for (let turns = 5 - item; turns > 0; turns--) await turn()
    return 10 * item
  }
  for await (const result of readAhead([1, 2, 3, 4], 2, read)) events.push(`got ${result}`)
  expect(events).toEqual([
    ...['read 1', 'read 2', 'read 3', 'got 10', 'read 4', 'got 20', 'got 30', 'got 40'],
  ])
  expect(await collect(readAhead([], 2, read))).toEqual([])
})

test('a failure is thrown when its turn comes, and nothing is being read after it', async () => {
  let reading = 0
  const read = async (item: number): Promise<number> => {
    reading++
    for (let turns = 3 * item; turns > 0; turns--) await turn()
    reading--
    if (item === 2) throw new Error('broken')
    return item
  }
  const got: number[] = []
  const all = async () => {
    for await (const result of readAhead([1, 2, 3, 4, 5], 3, read)) got.push(result)
  }
  await expect(all()).rejects.toThrow('broken')
  expect([got, reading]).toEqual([[1], 0])
})
