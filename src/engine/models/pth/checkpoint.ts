/** @file `.pth` files: what torch.save has written, read as data. */
import { readFile } from 'node:fs/promises'
import { AppError, toAppError } from '../../../shared/errors.ts'
import { textOf } from './byte-reader.ts'
import { readLegacyCheckpoint } from './legacy-checkpoint.ts'
import type { PickleValue } from './pickle-value.ts'
import { refused } from './refuse.ts'
import { readZipCheckpoint } from './zip-checkpoint.ts'

const oldPickle = 0x80

/** What files that are no checkpoint are instead, by how they begin. */
const others: [beginning: RegExp, what: string, hint: string][] = [
  [
    /^\s*<(!doctype|html|\?xml)/i,
    'it is an HTML page',
    'The download went wrong: open the address in a browser.',
  ],
  [
    /^version https:\/\/git-lfs/,
    'it is a Git LFS pointer',
    'Fetch the file itself with `git lfs pull`.',
  ],
]

/**
 * The object in the bytes of a checkpoint, of either format.
 * Throws `bad-checkpoint` for broken files and for all that is more than plain data.
 */
export function parseCheckpoint(bytes: Uint8Array): PickleValue {
  const [first, second] = bytes
  if (first === undefined) throw refused('it is empty')
  if (first === 0x50 && second === 0x4b) return readZipCheckpoint(bytes)
  if (first === oldPickle) return readLegacyCheckpoint(bytes)
  const beginning = textOf(bytes.subarray(0, 200))
  const [, what, hint] = others.find(([pattern]) => pattern.test(beginning)) ?? [
    '',
    'it begins like neither of the two formats',
    'Name a file that torch.save has written.',
  ]
  throw refused(`it is not a PyTorch checkpoint: ${what}`, hint)
}

/** Reads a checkpoint. Throws `bad-checkpoint` and the file system's errors. */
export async function readCheckpoint(path: string): Promise<PickleValue> {
  try {
    return parseCheckpoint(await readFile(path))
  } catch (error) {
    if (!(error instanceof AppError)) throw toAppError(error, path)
    throw new AppError(error.code, `${path}: ${error.message}`, error.hint, { cause: error })
  }
}
