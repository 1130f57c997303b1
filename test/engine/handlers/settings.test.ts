import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { userDataFolder } from '../../../src/engine/projects/data-folder.ts'
import { defaultUserSettings } from '../../../src/shared/contract/settings.ts'
import { rejection } from '../../fixtures/caught.ts'
import { loadPage, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

describe('the settings', () => {
  test('are the defaults until something is chosen, which other pages are told and which stays', async () => {
    const service = bench.start()
    const [client, other] = [loadPage(service), loadPage(service)]
    expect(await client.call('settings.get', {})).toEqual(defaultUserSettings)
    const told = new Promise((resolve) => other.on('settings.changed', resolve))
    const chosen = { ...defaultUserSettings, theme: 'dark' }
    expect(await client.call('settings.set', { theme: 'dark' })).toEqual(chosen)
    expect(await told).toEqual(chosen)
    const changes = { threads: 2, keys: { undo: ['Ctrl+Z', 'U'] } }
    await client.call('settings.set', changes)
    const later = loadPage(bench.start())
    expect(await later.call('settings.get', {})).toEqual({ ...chosen, ...changes })
  })

  test('lose nothing when two pages choose at once', async () => {
    const client = loadPage(bench.start())
    await Promise.all([
      client.call('settings.set', { device: 'cpu' }),
      client.call('settings.set', { cacheMegabytes: 100 }),
      client.call('settings.set', { penPressure: true }),
    ])
    expect(await client.call('settings.get', {})).toMatchObject({
      ...{ device: 'cpu', cacheMegabytes: 100, penPressure: true },
    })
  })

  test('are refused where they cannot be', async () => {
    const client = loadPage(bench.start())
    const error = await rejection(client.call('settings.set', { cacheMegabytes: 0 }))
    expect(error.code).toBe('bad-value')
  })

  test.each([
    ['', defaultUserSettings],
    ['{"theme":', defaultUserSettings],
    ['[1, 2]', defaultUserSettings],
    [
      '{"theme":"light","threads":"many","of":"a newer version"}',
      { ...defaultUserSettings, theme: 'light' },
    ],
  ])('are what can be read of a file that holds %j', async (text, expected) => {
    await writeFile(join(userDataFolder(), 'settings.json'), text)
    expect(await loadPage(bench.start()).call('settings.get', {})).toEqual(expected)
  })
})

describe('the devices', () => {
  test('are tried out in a process of their own; the processor is always there', async () => {
    const client = loadPage(bench.start())
    const devices = await client.call('devices.list', {})
    expect(devices).toContainEqual({
      ...{ name: 'cpu', title: 'processor', available: true, reason: expect.any(String) },
    })
    expect(await client.call('devices.list', {})).toEqual(devices)
  })
})
