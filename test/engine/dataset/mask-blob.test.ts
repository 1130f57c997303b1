import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { deflateMask, inflateMask, maskHash } from '../../../src/engine/dataset/mask-blob.ts'
import { rejection } from '../../fixtures/caught.ts'

const mask = { width: 3, height: 2, data: Uint8Array.of(0, 1, 255, 1, 0, 0) }

describe('A stored mask', () => {
  test('inflates to the same pixels', async () => {
    const { width, height, data } = await inflateMask(await deflateMask(mask), mask)
    expect({ width, height, data: new Uint8Array(data) }).toEqual(mask)
  })

  test.each([
    ['too few pixels', deflateSync(Uint8Array.of(1, 2))],
    ['too many pixels', deflateSync(new Uint8Array(1_000_000))],
    ['no deflated pixels', Uint8Array.of(1, 2, 3)],
  ])('with %s is refused', async (_title, bytes) => {
    const error = await rejection(inflateMask(bytes, mask))
    expect(error.code).toBe('bad-mask')
    expect(error.message).toContain('3x2')
  })

  test('has the hash of its shape and its pixels', () => {
    // printf '\0\0\0\3\0\0\0\2\0\1\377\1\0\0' | sha256sum
    expect(maskHash(mask)).toBe('53fea7904c9d20b407d8cc95d6982bd4a9ee7be7963bc1cbc5f2f2f8bf7b4659')
    expect(maskHash({ ...mask, width: 2, height: 3 })).not.toBe(maskHash(mask))
  })
})
