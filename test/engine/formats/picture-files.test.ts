import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import {
  isEmbeddedPicture,
  withEmbeddedPictures,
} from '../../../src/engine/formats/embedded-pictures.ts'
import {
  copyPicture,
  isPictureName,
  isWithin,
  pathWithin,
} from '../../../src/engine/formats/picture-files.ts'
import { savePicture } from '../../fixtures/annotated-sets.ts'
import { caught, rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

describe('Pictures of a set', () => {
  test('are known by their endings', () => {
    expect(['a.jpg', 'b.JPEG', 'c.d.png', 'e.TIF', 'f.bmp'].every(isPictureName)).toBe(true)
    expect(['a.json', 'jpg', 'a.jpg.txt', ''].some(isPictureName)).toBe(false)
  })

  test('lie within its folder', () => {
    expect(pathWithin('/set', 'a/b.png')).toBe('/set/a/b.png')
    expect(pathWithin('/set', '..a/b.png')).toBe('/set/..a/b.png')
    for (const name of ['../a.png', 'a/../../b.png', '/etc/passwd', 'a\0.png'])
      expect(caught(() => pathWithin('/set', name)).code).toBe('bad-dataset')
    expect(isWithin('/set', '/set')).toBe(true)
    expect(isWithin('/set', '/settings/a')).toBe(false)
  })

  test('are copied with the folders on the way', async () => {
    const file = await savePicture(temporary('a.png'), { width: 2, height: 2 })
    await copyPicture(file, temporary('copies'), 'x/y/b.png')
    expect(await readFile(temporary('copies', 'x', 'y', 'b.png'))).toEqual(await readFile(file))
    const error = await rejection(
      copyPicture(temporary('absent.png'), temporary('copies'), 'c.png'),
    )
    expect(error.code).toBe('no-such-file')
  })
})

describe('Pictures within annotation files', () => {
  test('are files until some others were saved, and none are left', async () => {
    const seen: string[] = []
    const paths = withEmbeddedPictures<string>(async function* ({ save }) {
      yield await save('a/../..', Uint8Array.of(1))
      for (let number = 2; number <= 40; number++) yield await save('b.png', Uint8Array.of(number))
    })
    for await (const path of paths) {
      expect(isEmbeddedPicture(path)).toBe(true)
      seen.push(path)
      expect([...(await readFile(path))]).toEqual([seen.length])
      expect(seen.filter((saved) => existsSync(saved)).length).toBeLessThanOrEqual(16)
    }
    expect(seen).toHaveLength(40)
    expect(seen.some((path) => existsSync(path))).toBe(false)
    expect(isEmbeddedPicture(temporary('a.png'))).toBe(false)
  })

  test('are removed when nobody reads on', async () => {
    const paths = withEmbeddedPictures<string>(async function* ({ save }) {
      yield await save('a.png', Uint8Array.of(1))
      yield 'never'
    })
    let first = ''
    for await (const path of paths) {
      first = path
      break
    }
    expect(first).not.toBe('')
    expect(existsSync(first)).toBe(false)
  })
})
