import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { unpackZip } from '../../../../src/engine/formats/archive/unpack-zip.ts'
import { zipLimits } from '../../../../src/engine/formats/archive/zip-limits.ts'
import { listFiles } from '../../../../src/engine/formats/list-files.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { type MadeUpEntry, madeUpZip } from '../../../fixtures/made-up-zip.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

async function zipOf(...entries: MadeUpEntry[]) {
  const folder = await mkdtemp(temporary('zip-'))
  await writeFile(`${folder}/set.zip`, madeUpZip(entries))
  await mkdir(`${folder}/out`)
  return { file: `${folder}/set.zip`, out: `${folder}/out`, beside: `${folder}/evil` }
}

test('files come out in their folders, without what systems leave in zips', async () => {
  const { file, out } = await zipOf(
    { name: 'images/', mode: 0o040755 },
    { name: 'images/a.txt', content: 'a' },
    { name: './images\\b ü.txt', content: 'b'.repeat(1000), isDeflated: true },
    { name: '__MACOSX/images/._a.txt', content: 'x' },
    { name: 'images/.DS_Store', content: 'x' },
  )
  await unpackZip(file, out)
  expect(await listFiles(out)).toEqual(['images/a.txt', 'images/b ü.txt'])
  expect(await readFile(`${out}/images/b ü.txt`, 'utf8')).toBe('b'.repeat(1000))
})

test.each<[string, RegExp, ...MadeUpEntry[]]>([
  ['a path that leads out', /\.\.\/evil/, { name: '../evil' }],
  ['a path that leads out in the middle', /evil/, { name: 'a/../../evil' }],
  ['a path that leads out with backslashes', /evil/, { name: 'a\\..\\..\\evil' }],
  ['an absolute path', /\/evil/, { name: '/evil' }],
  ['a path on a drive', /C:\/evil/, { name: 'C:/evil' }],
  ['a path on a drive without a slash', /C:evil/, { name: 'C:evil' }],
  ['a symbolic link', /symbolic link/, { name: 'a', content: '/etc/passwd', mode: 0o120777 }],
  ['a device', /neither a file nor a folder/, { name: 'a', mode: 0o020644 }],
  ['a name twice', /"a" twice/, { name: 'a' }, { name: 'a' }],
  ['a file that is also a folder', /"a" twice/, { name: 'a' }, { name: 'a/b' }],
  ['a folder that is also a file', /"a" twice/, { name: 'a/b' }, { name: 'a' }],
  ['an encrypted file', /"a" is encrypted/, { name: 'a', content: 'x', isEncrypted: true }],
  ['a name with a line break', /control characters/, { name: 'a\nb' }],
  ['a name that no disk takes', /too long/, { name: 'a'.repeat(300) }],
])('a zip with %s is refused before anything is written', async (_what, message, ...entries) => {
  const { file, out, beside } = await zipOf({ name: 'good', content: 'x' }, ...entries)
  const error = await rejection(unpackZip(file, out))
  expect(error.code).toBe('bad-dataset')
  expect(error.message).toMatch(message)
  expect(await listFiles(out)).toEqual([])
  expect(existsSync(beside)).toBe(false)
})

test('an encrypted zip says what to do', async () => {
  const { file, out } = await zipOf({ name: 'a', content: 'x', isEncrypted: true })
  expect((await rejection(unpackZip(file, out))).hint).toContain('password')
})

test('a zip that says it would unpack to far more than it is is refused', async () => {
  const bomb = { name: 'a', content: Buffer.alloc(2 ** 22), isDeflated: true }
  const { file, out } = await zipOf(bomb)
  const limits = { ...zipLimits, harmlessBytes: 2 ** 20 }
  expect((await rejection(unpackZip(file, out, {}, limits))).message).toContain('200 times')
  expect(await listFiles(out)).toEqual([])
  await unpackZip(file, out)
  expect((await readFile(`${out}/a`)).length).toBe(2 ** 22)
})

test('a zip that lies about the size of a file is stopped there', async () => {
  const content = Buffer.alloc(2 ** 22)
  const { file, out } = await zipOf({ name: 'a', content, isDeflated: true, declaredSize: 100 })
  const error = await rejection(unpackZip(file, out))
  expect(error).toMatchObject({ code: 'bad-dataset', message: expect.stringContaining('"a"') })
  const written = existsSync(`${out}/a`) ? (await readFile(`${out}/a`)).length : 0
  expect(written).toBeLessThan(2 ** 17)
})

test('a zip with more bytes or files than fit is refused', async () => {
  const { file, out } = await zipOf({ name: 'a', content: 'xxxx' }, { name: 'b' })
  for (const [limits, message] of [
    [{ ...zipLimits, entries: 1 }, 'holds 2 files'],
    [{ ...zipLimits, bytes: 3 }, 'at most 3'],
  ] as const)
    expect((await rejection(unpackZip(file, out, {}, limits))).message).toContain(message)
})

test('a file that is no zip, or half of one, is named', async () => {
  const { file, out } = await zipOf({ name: 'a', content: 'x' })
  const bytes = await readFile(file)
  await writeFile(file, bytes.subarray(0, bytes.length - 10))
  expect(await rejection(unpackZip(file, out))).toMatchObject({
    code: 'bad-dataset',
    message: expect.stringContaining('set.zip'),
  })
  expect((await rejection(unpackZip(temporary('none.zip'), out))).code).toBe('no-such-file')
})

test('a damaged file is named', async () => {
  const { file, out } = await zipOf({ name: 'a', content: 'x'.repeat(1000), isDeflated: true })
  const bytes = await readFile(file)
  bytes.fill(255, 31, 35)
  await writeFile(file, bytes)
  expect(await rejection(unpackZip(file, out))).toMatchObject({
    code: 'bad-dataset',
    message: expect.stringContaining('"a"'),
  })
})

test('unpacking can be cancelled', async () => {
  const { file, out } = await zipOf({ name: 'a' }, { name: 'b' })
  const abort = new AbortController()
  const work = { signal: abort.signal, onProgress: () => abort.abort() }
  expect((await rejection(unpackZip(file, out, work))).code).toBe('cancelled')
})
