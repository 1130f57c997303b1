import { existsSync } from 'node:fs'
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { packZip } from '../../../../src/engine/formats/archive/pack-zip.ts'
import { unpackZip } from '../../../../src/engine/formats/archive/unpack-zip.ts'
import { listFiles } from '../../../../src/engine/formats/list-files.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

async function folderOf(name: string, files: readonly string[]): Promise<string> {
  await mkdir(temporary(name, 'masks'), { recursive: true })
  for (const file of files) await writeFile(temporary(name, file), file.repeat(100))
  return temporary(name)
}

test('the same files give the same bytes, and come out again', async () => {
  const first = await folderOf('first', ['a.json', 'masks/10.png', 'masks/2.png'])
  const second = await folderOf('second', ['masks/2.png', 'masks/10.png', 'a.json'])
  await utimes(temporary('second', 'a.json'), 1e9, 1e9)
  await packZip(first, temporary('first.zip'))
  await packZip(second, temporary('second.zip'))
  expect(await readFile(temporary('first.zip'))).toEqual(await readFile(temporary('second.zip')))
  await mkdir(temporary('out'))
  await unpackZip(temporary('first.zip'), temporary('out'))
  expect(await listFiles(temporary('out'))).toEqual(['a.json', 'masks/2.png', 'masks/10.png'])
  expect(await readFile(temporary('out', 'a.json'), 'utf8')).toBe('a.json'.repeat(100))
})

test('a file that exists is not replaced', async () => {
  const folder = await folderOf('kept', ['a'])
  await writeFile(temporary('kept.zip'), 'mine')
  await rejection(packZip(folder, temporary('kept.zip')))
  expect(await readFile(temporary('kept.zip'), 'utf8')).toBe('mine')
})

test('packing that is cancelled is not begun', async () => {
  const folder = await folderOf('stopped', ['a'])
  const error = await rejection(
    packZip(folder, temporary('stopped.zip'), { signal: AbortSignal.abort() }),
  )
  expect(error.code).toBe('cancelled')
  expect(existsSync(temporary('stopped.zip'))).toBe(false)
})
