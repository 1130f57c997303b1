/** @file The rule that turns sums of probability into occupied frames, and its defaults. */
import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { Size } from '../recipe.ts'
import { type CountRule, cuts } from './types.ts'

/** Which of `cuts` a number is; -1 when it is none of them. */
const findCut = (cut: number): number => cuts.findIndex((known) => Math.abs(known - cut) < 1e-9)

/**
 * The index of a cut in `cuts`.
 * @throws AppError `bad-value` that names the nearest cut there is
 */
export function cutIndex(cut: number): number {
  const index = findCut(cut)
  if (index >= 0) return index
  const nearest = cuts.reduce((a, b) => (Math.abs(b - cut) < Math.abs(a - cut) ? b : a))
  throw new AppError(
    'bad-value',
    `the cut ${cut} is not one of those that scores are stored for: 0, 0.05 … 0.95`,
    Number.isNaN(cut) ? 'Give a number, such as 0.5.' : `The nearest is ${nearest}.`,
  )
}

const frameCount = z.int('must be a whole number of frames').min(0, 'must not be negative')

export const countRuleSchema = z.strictObject({
  threshold: z.number('must be a number').min(0, 'must not be negative'),
  cut: z.number('must be a number'),
  enter: frameCount,
  leave: frameCount,
}) satisfies z.ZodType<CountRule>

/**
 * Checks a rule that comes from outside.
 * @throws AppError `bad-value` that names what is wrong with it
 */
export function checkRule(rule: CountRule): CountRule {
  const result = countRuleSchema.safeParse(rule)
  if (result.success) return { ...result.data, cut: cuts[cutIndex(result.data.cut)] ?? 0 }
  const [issue] = result.error.issues
  const name = String(issue?.path[0])
  throw new AppError(
    'bad-value',
    `${name} ${issue?.message}, it is ${Reflect.get(rule, name)}`,
    'The threshold is in pixels of probability; enter and leave are in frames.',
  )
}

/** Threshold in a picture of 320x240, in pixels of probability. */
const threshold320x240 = 50

/** The rule where the user chose none: the threshold grows with the recipe's area. */
export function defaultRule({ width, height }: Size): CountRule {
  const threshold = (threshold320x240 * width * height) / (320 * 240)
  return { threshold, cut: 0.5, enter: 0, leave: 0 }
}
