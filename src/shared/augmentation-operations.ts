/** @file Every operation of an augmentation pipeline: its parameters, their bounds and defaults. */
import { z } from 'zod'

/**
 * A range that a value is drawn from, evenly: `[least, greatest]`, or one number for always the same.
 * Both ends are part of it where values are whole.
 */
function rangeOf(number: z.ZodNumber, minimum: number, maximum: number) {
  const end = number.min(minimum).max(maximum)
  return z.preprocess(
    (value) => (typeof value === 'number' ? [value, value] : value),
    z
      .tuple([end, end])
      .refine(
        ([low, high]) => low <= high,
        'a range is [least, greatest], not the other way round',
      ),
  )
}

const range = (minimum: number, maximum: number) => rangeOf(z.number(), minimum, maximum)
export const wholeRange = (minimum: number, maximum: number) => rangeOf(z.int(), minimum, maximum)

const side = z.int().min(1).max(8192)
const level = z.int().min(0).max(255)
const colour = z.tuple([level, level, level])

/** How probable it is that an operation is done at all. */
export const probability = z.number().min(0).max(1)
const often = { probability: probability.default(1) }
const half = { probability: probability.default(0.5) }

/** What lies beyond the picture, where an operation shows that. */
const outside = {
  /** `colour`, the picture's edge repeated, or the picture mirrored at its edge. */
  border: z.enum(['colour', 'edge', 'mirror']).default('colour'),
  /** Red, green, blue: shown with `border: colour`. */
  colour: colour.default([0, 0, 0]),
  /** Its class in the mask; `same` takes the class of the pixel that is repeated or mirrored. */
  borderMask: z.enum(['ignore', 'background', 'same']).default('ignore'),
}

/** Mirrored and repeated pixels have a class, a colour has none. */
function hasClass(settings: { border: string; borderMask: string }): boolean {
  return settings.border !== 'colour' || settings.borderMask !== 'same'
}
const noClass = {
  message: "a colour has no class: say ignore or background, or border 'edge' or 'mirror'",
  path: ['borderMask'],
}

/** Each channel by itself, or all three alike. */
const perChannel = { perChannel: z.boolean().default(false) }
const histogramOf = (what: 'lightness' | 'channels') => ({
  /** The lightness L* of CIE 1976, colours kept, or red, green and blue each by itself. */
  on: z.enum(['lightness', 'channels']).default(what),
})

/** The operations by kind, in the order of the documentation. Units are in docs/augmentation.md. */
export const operationSchemas = {
  'flip-left-right': z.strictObject({ kind: z.literal('flip-left-right'), ...half }),
  'flip-up-down': z.strictObject({ kind: z.literal('flip-up-down'), ...half }),
  affine: z
    .strictObject({
      kind: z.literal('affine'),
      ...often,
      /** Degrees, clockwise. */
      rotate: range(-180, 180).default([0, 0]),
      scale: range(0.1, 10).default([1, 1]),
      /** Degrees by which upright (x) and level (y) lines lean. */
      shearX: range(-60, 60).default([0, 0]),
      shearY: range(-60, 60).default([0, 0]),
      /** Shares of width and height. */
      translateX: range(-1, 1).default([0, 0]),
      translateY: range(-1, 1).default([0, 0]),
      ...outside,
    })
    .refine(hasClass, noClass),
  crop: z
    .strictObject({
      kind: z.literal('crop'),
      ...often,
      width: side,
      height: side,
      place: z.enum(['random', 'centre']).default('random'),
      ...outside,
    })
    .refine(hasClass, noClass),
  'crop-resize': z.strictObject({
    kind: z.literal('crop-resize'),
    ...often,
    /** Share of the picture's area that is kept. */
    area: range(0.01, 1).default([0.5, 1]),
    /** Width by height of what is kept, relative to the picture's own. */
    aspect: range(0.1, 10).default([3 / 4, 4 / 3]),
    /** Of the result; null = as before. */
    width: side.nullable().default(null),
    height: side.nullable().default(null),
  }),
  resize: z
    .strictObject({
      kind: z.literal('resize'),
      ...often,
      width: side,
      height: side,
      /** All of it stretched, all of it with a border, or filled with what is too much cut off. */
      fit: z.enum(['stretch', 'contain', 'cover']).default('stretch'),
      ...outside,
    })
    .refine(hasClass, noClass),
  'resize-side': z.strictObject({
    kind: z.literal('resize-side'),
    ...often,
    side: z.enum(['shorter', 'longer']).default('shorter'),
    length: wholeRange(1, 8192),
  }),
  'pad-multiple': z
    .strictObject({
      kind: z.literal('pad-multiple'),
      ...often,
      /** Width and height become multiples of this. */
      multiple: z.int().min(1).max(1024),
      place: z.enum(['centre', 'top-left']).default('centre'),
      ...outside,
    })
    .refine(hasClass, noClass),
  'grid-distortion': z.strictObject({
    kind: z.literal('grid-distortion'),
    ...often,
    /** Rows and columns of the grid. */
    cells: z.int().min(2).max(50).default(5),
    /** How much wider or narrower a row or column becomes against the others. */
    stretch: range(-0.9, 0.9).default([-0.3, 0.3]),
  }),
  brightness: z.strictObject({
    kind: z.literal('brightness'),
    ...often,
    /** Added, as a share of the whole range. */
    offset: range(-1, 1).default([-0.2, 0.2]),
    ...perChannel,
  }),
  contrast: z.strictObject({
    kind: z.literal('contrast'),
    ...often,
    /** Of the difference to the middle grey 127. */
    factor: range(0, 10).default([0.75, 1.5]),
    ...perChannel,
  }),
  'hue-saturation': z.strictObject({
    kind: z.literal('hue-saturation'),
    ...often,
    /** Degrees added to the hue of HSV. */
    hue: range(-180, 180).default([-15, 15]),
    /** Factor of the saturation of HSV. */
    saturation: range(0, 10).default([0.75, 1.25]),
  }),
  gamma: z.strictObject({
    kind: z.literal('gamma'),
    ...often,
    /** Exponent: above 1 is darker. */
    gamma: range(0.1, 10).default([0.7, 1.5]),
    ...perChannel,
  }),
  noise: z.strictObject({
    kind: z.literal('noise'),
    ...often,
    /** Standard deviation of normal noise, as a share of the whole range. */
    deviation: range(0, 1).default([0, 0.05]),
    perChannel: z.boolean().default(true),
  }),
  clahe: z.strictObject({
    kind: z.literal('clahe'),
    ...often,
    clipLimit: range(0.1, 100).default([1, 4]),
    /** Rows and columns of tiles. */
    tiles: z.int().min(1).max(64).default(8),
    ...histogramOf('lightness'),
  }),
  equalise: z.strictObject({
    kind: z.literal('equalise'),
    ...often,
    ...histogramOf('channels'),
  }),
  sharpen: z.strictObject({
    kind: z.literal('sharpen'),
    ...often,
    /** Share of the sharpened picture in the result. */
    alpha: range(0, 1).default([0, 0.2]),
    /** Of the sharpened picture; 1 keeps that of the picture. */
    lightness: range(0, 4).default([0.8, 1.2]),
  }),
  'gaussian-blur': z.strictObject({
    kind: z.literal('gaussian-blur'),
    ...often,
    /** Standard deviation in pixels. */
    deviation: range(0, 50).default([0, 1.5]),
  }),
  jpeg: z.strictObject({
    kind: z.literal('jpeg'),
    ...often,
    quality: wholeRange(1, 100).default([40, 95]),
  }),
  cutout: z.strictObject({
    kind: z.literal('cutout'),
    ...often,
    /** Number of rectangles. */
    count: wholeRange(0, 100).default([1, 3]),
    /** Width and height of each, as a share of the picture's shorter side. */
    side: range(0, 1).default([0.1, 0.3]),
    /** A colour, the picture's mean colour, or noise. */
    fill: z.enum(['colour', 'mean', 'noise']).default('colour'),
    colour: colour.default([0, 0, 0]),
    /** What becomes of the classes below. */
    mask: z.enum(['keep', 'ignore', 'background']).default('keep'),
  }),
} as const

/** What an operation is called in a pipeline. */
export type OperationKind = keyof typeof operationSchemas

/** The checked parameters of each operation, by kind. */
export type Operations = { [Kind in OperationKind]: z.infer<(typeof operationSchemas)[Kind]> }

/** The parameters that say what lies beyond the picture. */
export type OutsideSettings = Pick<Operations['affine'], 'border' | 'colour' | 'borderMask'>
