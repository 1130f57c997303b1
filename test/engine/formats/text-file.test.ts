import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { decodeText, readHead, readText } from '../../../src/engine/formats/text-file.ts'
import { caught, rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')

test('UTF-8 and UTF-16 with a byte order mark are the same text', async () => {
  const text = 'Maske für Bänke\r\n面'
  const encodings = {
    plain: Buffer.from(text),
    marked: Buffer.from(`\uFEFF${text}`),
    little: utf16(text),
    big: utf16(text).swap16(),
  }
  for (const [name, bytes] of Object.entries(encodings)) {
    await writeFile(temporary(name), bytes)
    expect(await readText(temporary(name))).toBe(text)
    expect(await readHead(temporary(name))).toBe(text)
  }
})

test('other encodings are refused with the line', () => {
  const latin1 = Buffer.from('name,class\nBank,für\n', 'latin1')
  expect(caught(() => decodeText(latin1, 'labels.csv'))).toMatchObject({
    code: 'bad-dataset',
    message: 'labels.csv is no valid UTF-8 in line 2; UTF-8 was expected',
    hint: expect.stringContaining('UTF-8'),
  })
})

test('UTF-16 without a mark and files that are no text are refused', () => {
  const error = caught(() => decodeText(Buffer.from('a,b', 'utf16le'), 'a.csv'))
  expect(error).toMatchObject({ code: 'bad-dataset', message: expect.stringContaining('UTF-16') })
})

test('a file that is not there is named; its head is empty', async () => {
  expect((await rejection(readText(temporary('none')))).code).toBe('no-such-file')
  expect(await readHead(temporary('none'))).toBe('')
})

test('a head is cut where it is told, and empty for what is no text', async () => {
  await writeFile(temporary('long.json'), `{"a":${'1'.repeat(100)}`)
  expect(await readHead(temporary('long.json'), 8)).toBe('{"a":111')
  await writeFile(temporary('zeros'), Buffer.alloc(10))
  expect(await readHead(temporary('zeros'))).toBe('')
})
