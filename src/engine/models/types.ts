/** @file model.json: how to feed a network and read its answer. */
import { z } from 'zod'

const triple = z.tuple([z.number(), z.number(), z.number()])
const side = z.int().min(1).nullable()

/** Names the network's folder. */
export const modelIdSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/)

export const modelDescriptionSchema = z.strictObject({
  id: modelIdSchema,
  name: z.string().min(1),
  source: z.string().default(''),
  licence: z.string().default('unknown'),
  /** Random ones say nothing yet, and no accuracy is told of them. */
  weights: z.enum(['trained', 'random']).default('trained'),
  /** Id of the model this one was fine-tuned from. */
  parent: z.string().nullable().default(null),
  input: z.strictObject({
    name: z.string(),
    /** Null = any size that is a multiple of `multiple`. */
    width: side.default(null),
    height: side.default(null),
    multiple: z.int().min(1).default(1),
    layout: z.enum(['NCHW', 'NHWC']).default('NCHW'),
    channels: z.enum(['RGB', 'BGR']).default('RGB'),
    /** Element type of the input tensor. */
    type: z.enum(['float32', 'uint8']).default('float32'),
    /** value = (byte * scale - mean) / deviation, per channel in the network's order. */
    scale: z.number().default(1 / 255),
    mean: triple.default([0, 0, 0]),
    deviation: triple.default([1, 1, 1]),
    /** How the project's picture becomes the input: stretched, or scaled and padded. */
    resize: z.enum(['stretch', 'pad']).default('stretch'),
  }),
  output: z.strictObject({
    name: z.string(),
    layout: z.enum(['NCHW', 'NHWC']).default('NCHW'),
    kind: z.enum(['logits', 'probabilities']).default('logits'),
    /** Input pixels per output pixel, for information. */
    stride: z.number().positive().nullable().default(null),
  }),
  /** Names of the network's classes in channel order; one = a single sigmoid channel. */
  classes: z.array(z.string()).min(1),
  /** Model class name → project class name; those mapped to 'person' make the person probability. */
  classMap: z.record(z.string(), z.string()),
  /** Names of feature tensors for the scene adapter. */
  features: z
    .strictObject({ low: z.string().nullable(), middle: z.string().nullable() })
    .nullable()
    .default(null),
  /** Geometry hash of the pictures it was trained with; null for general networks. */
  geometryHash: z.string().nullable().default(null),
  /** Provenance of a fine-tuned network, as its training wrote it. */
  training: z.record(z.string(), z.unknown()).nullable().default(null),
})

export type ModelDescription = z.infer<typeof modelDescriptionSchema>

/** A network that can be used: its folder, description and the SHA-256 of model.onnx. */
export interface StoredModel {
  folder: string
  description: ModelDescription
  sha256: string
  /** `file` = of no project: a file or folder that somebody has named. */
  origin: 'built-in' | 'project' | 'file'
}
