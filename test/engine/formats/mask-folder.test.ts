import { readdir, readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { readMask } from '../../../src/engine/formats/mask-file.ts'
import { writeMasks } from '../../../src/engine/formats/mask-folder.ts'
import { defaultClasses as classes } from '../../../src/shared/mask.ts'
import { rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const mask = { width: 2, height: 1, data: Uint8Array.of(0, 1) }

async function* masks(...frames: number[]) {
  for (const frame of frames) yield { frame, mask }
}

describe('A folder of exported masks', () => {
  const temporary = temporaryFolder()
  const settings = (folder: string) => ({ folder, classes, geometryHash: 'g', total: 2 })

  test('holds one readable file a frame and nothing half written', async () => {
    const folder = temporary('masks')
    expect(await writeMasks(masks(3, 12), settings(folder))).toBe(2)
    expect((await readdir(folder)).sort()).toEqual(['000003.png', '000012.png'])
    const bytes = await readFile(temporary('masks', '000012.png'))
    expect((await readMask(bytes, '000012.png', { classes })).mask).toEqual(mask)
  })

  test('keeps what was written before it was cancelled', async () => {
    const folder = temporary('cancelled')
    const abort = new AbortController()
    const work = { signal: abort.signal, onProgress: () => abort.abort() }
    expect((await rejection(writeMasks(masks(1, 2), settings(folder), work))).code).toBe(
      'cancelled',
    )
    expect(await readdir(folder)).toEqual(['000001.png'])
  })

  test('cannot be, nor be inside, what is a file', async () => {
    await writeFile(temporary('file'), '')
    for (const path of [temporary('file'), temporary('file', 'masks')]) {
      const error = await rejection(writeMasks(masks(1), settings(path)))
      expect(error.code).toBe('bad-value')
      expect(error.message).toContain(path)
    }
  })
})
