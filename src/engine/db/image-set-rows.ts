/** @file The rows of image sets as the database has them. */
import { z } from 'zod'
import { maskClassSchema } from '../../shared/mask.ts'
import { flag, json } from './rows.ts'

export const problemSchema = z.object({ file: z.string(), why: z.string() })

export const imageSetRow = z.object({
  id: z.int(),
  name: z.string(),
  format: z.string(),
  /** Where it was imported from. */
  path: z.string(),
  /** Number of images. */
  images: z.int(),
  /** Of the pictures together. */
  sizeBytes: z.int(),
  /** Of names, pictures and annotations. */
  sha256: z.string(),
  importedAt: z.string(),
  problems: json(z.array(problemSchema)),
  classesBefore: json(z.array(maskClassSchema)),
  classesAfter: json(z.array(maskClassSchema)),
})

/** A set of pictures. */
export type ImageSet = z.output<typeof imageSetRow>

export const imageRow = z.object({
  position: z.int(),
  name: z.string(),
  /** Absolute, or relative to the project's folder; null where the set came without the picture. */
  path: z.string().nullable(),
  width: z.int(),
  height: z.int(),
  sizeBytes: z.int().nullable(),
  sha256: z.string().nullable(),
  split: z.string().nullable(),
  scene: z.string().nullable(),
  annotated: flag,
})

/** An image of a set, without what is marked in it. */
export type StoredImage = z.output<typeof imageRow>

export const imageColumns = `position, name, path, width, height, size_bytes AS sizeBytes, sha256,
  split, scene, annotated`
