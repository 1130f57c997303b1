/** @file The size at which a network looks at the project's pictures. */
import { AppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'
import { trainingRecord } from './training-record.ts'
import type { ModelDescription } from './types.ts'

function format({ width, height }: Size): string {
  return `${width}x${height}`
}

/** The nearest size that the network takes. */
export function nearestInput({ input }: ModelDescription, size: Size): Size {
  const side = (fixed: number | null, wanted: number): number =>
    fixed ?? Math.max(1, Math.round(wanted / input.multiple)) * input.multiple
  return { width: side(input.width, size.width), height: side(input.height, size.height) }
}

/**
 * The input size for a run: what was asked for, or what the network was trained with, or the nearest
 * to the recipe's own size.
 * Throws `bad-value` when the network does not take the size asked for.
 */
export function inputSizeFor(
  description: ModelDescription,
  asked: Size | undefined,
  recipeSize: Size,
): Size {
  if (!asked)
    return nearestInput(description, trainingRecord(description).settings?.input ?? recipeSize)
  const taken = nearestInput(description, asked)
  if (taken.width === asked.width && taken.height === asked.height) return asked
  const { width, multiple } = description.input
  const rule = width === null ? `sides that are multiples of ${multiple}` : 'one size only'
  throw new AppError(
    'bad-value',
    `the network ${description.id} does not take an input of ${format(asked)}: it takes ${rule}`,
    `Use ${format(taken)}.`,
  )
}
