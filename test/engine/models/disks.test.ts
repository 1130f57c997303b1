import { mkdir, readdir } from 'node:fs/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { builtInModel } from '../../../src/engine/models/built-in.ts'
import { rejection } from '../../fixtures/caught.ts'
import { canMount, mountSmallDisk, type SmallDisk } from '../../fixtures/small-disk.ts'

let disk: SmallDisk | undefined

afterEach(() => disk?.remove())

describe.runIf(canMount)('Where the built-in network cannot be kept', () => {
  test('the disk is said to be full, and nothing is left on it', async () => {
    disk = mountSmallDisk(4)
    await mkdir(disk.path('cache'))
    expect(await rejection(builtInModel(disk.path('cache')))).toMatchObject({ code: 'disk-full' })
    expect(await readdir(disk.path('cache'))).toEqual([])
  })

  test('the disk is said to be read-only', async () => {
    disk = mountSmallDisk(1)
    disk.readOnly()
    expect(await rejection(builtInModel(disk.path('cache')))).toMatchObject({ code: 'read-only' })
  })
})
