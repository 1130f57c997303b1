/** @file How a mask is kept: its pixels deflated, and the hash that identifies it. */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import { AppError } from '../../shared/errors.ts'
import type { ClassMask } from '../../shared/mask.ts'
import { packMask } from '../../shared/mask-codec.ts'
import type { Size } from '../../shared/recipe.ts'

const deflateAsync = promisify(deflate)
const inflateAsync = promisify(inflate)

/** SHA-256 over width, height and the raw pixels, in hexadecimal. */
export function maskHash(mask: ClassMask): string {
  return createHash('sha256').update(packMask(mask)).digest('hex')
}

export async function deflateMask(mask: ClassMask): Promise<Uint8Array> {
  return deflateAsync(mask.data)
}

/** The inverse of `deflateMask`. Throws `bad-mask` when the bytes do not hold a mask of this size. */
export async function inflateMask(bytes: Uint8Array, { width, height }: Size): Promise<ClassMask> {
  const damaged = (cause?: unknown) =>
    new AppError(
      'bad-mask',
      `the stored pixels are not a mask of ${width}x${height}`,
      'Restore the project from a backup.',
      { cause },
    )
  const maxOutputLength = Math.max(1, width * height)
  const data = await inflateAsync(bytes, { maxOutputLength }).catch((cause: unknown) => {
    throw damaged(cause)
  })
  if (data.length !== width * height) throw damaged()
  return { width, height, data }
}
