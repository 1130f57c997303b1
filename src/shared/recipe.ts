/**
 * @file The recipe: geometry only, from tape pixels to the project's picture.
 *
 * lens → view → crop → size. "Tape pixels" are those of the decoded picture after rotation metadata
 * and sample aspect ratio are applied. Pixel centres are at (i + 0.5).
 */
import { z } from 'zod'

const finite = z.number().finite()

/** The image circle of a fisheye lens, in tape pixels; it may reach beyond the picture. */
export const lensSchema = z.strictObject({
  cx: finite,
  cy: finite,
  radius: finite.positive(),
  /** Full field of view of the circle, in degrees. */
  fov: finite.min(10).max(360).default(180),
  projection: z.literal('equidistant').default('equidistant'),
})

/** A rectilinear camera inside the lens: yaw to the right, pitch up, roll clockwise in the result. */
export const viewSchema = z.strictObject({
  yaw: finite.min(-180).max(180).default(0),
  pitch: finite.min(-180).max(180).default(0),
  roll: finite.min(-180).max(180).default(0),
  hfov: finite.min(1).max(170),
  /** Derived from `hfov` and the size of the view where it is absent: square pixels. */
  vfov: finite.min(1).max(170),
})

/** A rectangle in the view's picture (in the tape where there is no lens), in whole pixels. */
export const cropSchema = z.strictObject({
  x: z.int().min(0),
  y: z.int().min(0),
  width: z.int().min(1),
  height: z.int().min(1),
})

export const maximumSide = 16_384

export const sizeSchema = z.strictObject({
  width: z.int().min(8).max(maximumSide),
  height: z.int().min(8).max(maximumSide),
})

/**
 * `lens` and `view` come together or not at all. Without `crop` the view is rendered at `size`
 * directly; with it, at `viewSize`, and the crop is scaled to `size`.
 */
export const recipeSchema = z
  .strictObject({
    lens: lensSchema.nullable().default(null),
    view: viewSchema.nullable().default(null),
    /** Size of the picture that the view renders; null = `size`, or with a crop the lens's diameter. */
    viewSize: sizeSchema.nullable().default(null),
    crop: cropSchema.nullable().default(null),
    size: sizeSchema,
  })
  .refine((recipe) => (recipe.lens === null) === (recipe.view === null), {
    message: 'lens and view come together: a lens needs a view, a view needs a lens',
  })

export type Lens = z.infer<typeof lensSchema>
export type View = z.infer<typeof viewSchema>
export type Crop = z.infer<typeof cropSchema>
export type Size = z.infer<typeof sizeSchema>
export type Recipe = z.infer<typeof recipeSchema>

/**
 * The recipe as text in which equal geometry is equal text: keys sorted, numbers as JSON writes
 * them, defaults filled in. The geometry hash is the SHA-256 of it.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
  }
  return JSON.stringify(value)
}
