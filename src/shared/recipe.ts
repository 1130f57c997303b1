/**
 * @file The recipe: geometry only, from tape pixels to the project's picture.
 *
 * lens → view → crop → size. "Tape pixels" are those of the decoded picture after rotation metadata
 * and sample aspect ratio are applied. Pixel centres are at (i + 0.5).
 */
import { z } from 'zod'

/** A number from `minimum` to `maximum`; the message names the value and the range. */
function within(minimum: number, maximum: number, unit: string) {
  return z.number().refine((value) => value >= minimum && value <= maximum, {
    error: ({ input }) => `${input} given, ${minimum} to ${maximum} ${unit} expected`,
  })
}

/** The same for whole numbers. */
function whole(minimum: number, maximum: number, unit: string) {
  return within(minimum, maximum, unit).refine(Number.isInteger, {
    error: ({ input }) => `${input} given, a whole number of ${unit} expected`,
  })
}

export const minimumSide = 8
export const maximumSide = 16_384

/** The image circle of a fisheye lens, in tape pixels; it may reach beyond the picture. */
export const lensSchema = z.strictObject({
  cx: within(-maximumSide, 2 * maximumSide, 'pixels'),
  cy: within(-maximumSide, 2 * maximumSide, 'pixels'),
  radius: within(minimumSide, maximumSide, 'pixels'),
  /** Full field of view of the circle, in degrees. */
  fov: within(10, 360, 'degrees').default(180),
  projection: z.literal('equidistant').default('equidistant'),
})

/** A rectilinear camera inside the lens: yaw to the right, pitch up, roll clockwise in the result. */
export const viewSchema = z.strictObject({
  yaw: within(-180, 180, 'degrees').default(0),
  pitch: within(-180, 180, 'degrees').default(0),
  roll: within(-180, 180, 'degrees').default(0),
  /** Full fields of view, in degrees; `resolveView` derives an absent vertical one. */
  hfov: within(1, 170, 'degrees'),
  vfov: within(1, 170, 'degrees'),
})

/** A rectangle in the view's picture (in the tape where there is no lens), in whole pixels. */
export const cropSchema = z.strictObject({
  x: whole(0, maximumSide, 'pixels'),
  y: whole(0, maximumSide, 'pixels'),
  width: whole(1, maximumSide, 'pixels'),
  height: whole(1, maximumSide, 'pixels'),
})

export const sizeSchema = z.strictObject({
  width: whole(minimumSide, maximumSide, 'pixels'),
  height: whole(minimumSide, maximumSide, 'pixels'),
})

/**
 * `lens` and `view` come together or not at all. The view is rendered at `viewSize`, then `crop` is
 * cut out of it and scaled to `size`. In a checked recipe (`checkRecipe`) nothing that matters is
 * left open: without a lens there is a crop, with lens and crop there is a view size.
 */
export const recipeSchema = z
  .strictObject({
    lens: lensSchema.nullable().default(null),
    view: viewSchema.nullable().default(null),
    /** Size of the picture that the view renders; null = `size`. */
    viewSize: sizeSchema.nullable().default(null),
    /** Null = all of the view's picture (without a lens: of a tape that has `size`). */
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
