/** @file How a network is shown a picture, and what is made of what it sees. */
import { z } from 'zod'
import { sizeSchema } from './recipe.ts'

/** What is written for each picture. */
export const segmentModes = [
  /** Class indices, as PNG with a palette. */
  'mask',
  /** The classes' colours, as PNG in true colour. */
  'colour',
  /** The picture, grey where nothing is seen. */
  'splash',
  /** The picture, tinted in the classes' colours. */
  'overlay',
] as const

export type SegmentMode = (typeof segmentModes)[number]

/** The middle of a picture, as published classifiers and segmenters are fed. */
export const centreCropSchema = z.strictObject({
  /** The shorter side becomes so long. */
  resize: z.int().min(1).max(8192).default(256),
  /** The side of the square that is cut out of the middle. */
  size: z.int().min(1).max(8192).default(224),
})

/** How a network looks at a picture. The result has the picture's size but for a crop. */
export const lookSchema = z.strictObject({
  /** Only the middle of the picture is looked at; null = all of it. */
  crop: centreCropSchema.nullable().default(null),
  /** Piece by piece, in pixels of the picture; null = the whole at once. */
  window: sizeSchema.nullable().default(null),
  /** The share of a window that the next one covers again. */
  overlap: z.number().min(0).max(0.9).default(0.5),
  /** The picture is looked at in each of these sizes, relative to its own. */
  scales: z.array(z.number().min(0.1).max(4)).min(1).max(8).default([1]),
  /** Also mirrored from left to right. */
  flip: z.boolean().default(false),
})

export type CentreCrop = z.output<typeof centreCropSchema>
export type Look = z.output<typeof lookSchema>

/** The whole picture, once. */
export const plainLook: Look = lookSchema.parse({})

/** Whether several looks are put together. */
export function isAveraged({ window, scales, flip }: Look): boolean {
  return window !== null || flip || scales.length > 1 || scales[0] !== 1
}
