/** @file What the HTTP API takes and gives. The description of it is made from this. */
import { z } from 'zod'
import { builtInId } from '../../engine/models/built-in.ts'

/** Bytes of a picture's file. */
export const mostBytes = 32 * 1024 * 1024
/** Pixels of a picture. */
export const mostPixels = 50_000_000
/** Pictures that wait besides the one that is looked at. */
export const mostWaiting = 8

/** Media types of pictures that are taken. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/tiff'] as const

/** Media types of answers; the first one where the caller does not mind. */
export const answerTypes = ['image/png', 'application/json'] as const

export const querySchema = z.strictObject({
  model: z
    .string()
    .min(1)
    .default(builtInId)
    .describe(
      'Id of a network: the built-in one, an architecture whose published weights are installed, or one of the project that the server was started with.',
    ),
  mode: z
    .enum(['mask', 'colour'])
    .default('mask')
    .describe('Class indices with a palette, or the colours themselves.'),
})

export const answerSchema = z.object({
  model: z.string(),
  device: z.string(),
  width: z.int().min(1),
  height: z.int().min(1),
  seconds: z.number().min(0).describe('Of looking alone, without decoding and encoding.'),
  classes: z
    .array(
      z.object({
        index: z.int().min(0).max(254),
        name: z.string(),
        colour: z.string().regex(/^#[0-9a-f]{6}$/),
        pixels: z.int().min(0),
      }),
    )
    .describe('All classes of the network, with the pixels that each has in the picture.'),
  mask: z.string().describe('The PNG that the answer would otherwise be, in base64.'),
})

export const failureSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }),
})
