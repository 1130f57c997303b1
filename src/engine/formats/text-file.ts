/** @file Text files of datasets as text: UTF-8, or UTF-16 that says so; anything else is refused. */
import { open, readFile } from 'node:fs/promises'
import { AppError, toAppError } from '../../shared/errors.ts'

/** First bytes that name an encoding, https://www.unicode.org/faq/utf_bom.html#bom4. */
const byteOrderMarks: readonly [encoding: string, bytes: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

const hint = 'Open it in an editor and save it as UTF-8.'

function badText(name: string, what: string, cause?: unknown): AppError {
  return new AppError('bad-dataset', `${name} ${what}; UTF-8 was expected`, hint, { cause })
}

/** Number of the first line, from 1, that is not UTF-8. */
function badLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(10, start)
    const end = newline === -1 ? bytes.length : newline + 1
    try {
      decoder.decode(bytes.subarray(start, end))
    } catch {
      break
    }
    start = end
  }
  return line
}

/**
 * Bytes as text, without their byte order mark; `name` is what errors call them.
 * @throws AppError `bad-dataset` with the line that is not UTF-8
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const mark = byteOrderMarks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))
  const encoding = mark?.[0] ?? 'utf-8'
  // Text has no zero bytes; UTF-16 without a mark is full of them.
  if (encoding === 'utf-8' && bytes.subarray(0, 4096).includes(0))
    throw badText(name, 'holds zero bytes, as UTF-16 without a byte order mark or no text at all')
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof RangeError)
      throw new AppError(
        'bad-dataset',
        `${name} has ${bytes.length} bytes, more than fit into one text`,
        'Divide the set into several files.',
        { cause: error },
      )
    const place = encoding === 'utf-8' ? ` in line ${badLine(bytes)}` : ''
    throw badText(name, `is no valid ${encoding.toUpperCase()}${place}`, error)
  }
}

/**
 * The text of a file, see `decodeText`.
 * @throws AppError `bad-dataset`, `no-such-file`, `is-a-directory`
 */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  return decodeText(bytes, path)
}

/** How much of a file tells what it is. */
const headBytes = 65536

/**
 * How a file begins, as text for recognising formats; empty where it cannot be read or is no text.
 * Never throws.
 */
export async function readHead(path: string, bytes = headBytes): Promise<string> {
  try {
    await using file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    const head = buffer.subarray(0, bytesRead)
    const mark = byteOrderMarks.find(([, mark]) => mark.every((byte, i) => head[i] === byte))
    // Not fatal: the end may cut a character in two.
    const text = new TextDecoder(mark?.[0] ?? 'utf-8').decode(head)
    return text.includes('\0') ? '' : text
  } catch {
    return ''
  }
}
