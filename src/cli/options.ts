/** @file Parsers of option values; each throws an AppError that names the option and what fits. */
import { AppError } from '../shared/errors.ts'

interface Bounds {
  minimum?: number
  maximum?: number
}

function boundsText({ minimum, maximum }: Bounds): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return ` of at least ${minimum}`
  return maximum === undefined ? '' : ` of at most ${maximum}`
}

function within(value: number, { minimum, maximum }: Bounds): boolean {
  return (
    value >= (minimum ?? Number.NEGATIVE_INFINITY) && value <= (maximum ?? Number.POSITIVE_INFINITY)
  )
}

function parseNumber(
  option: string,
  kind: string,
  fits: (value: number) => boolean,
  bounds: Bounds,
) {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (fits(value) && within(value, bounds)) return value
    throw new AppError(
      'bad-value',
      `${option} is ${JSON.stringify(text)}; ${kind}${boundsText(bounds)} was expected`,
      `Give ${option} a value like that.`,
    )
  }
}

/** A finite number, for commander's `argParser`. */
export function numberOption(option: string, bounds: Bounds = {}): (text: string) => number {
  return parseNumber(option, 'a number', Number.isFinite, bounds)
}

/** A whole number, for commander's `argParser`. */
export function integerOption(option: string, bounds: Bounds = {}): (text: string) => number {
  return parseNumber(option, 'a whole number', Number.isSafeInteger, bounds)
}

/** One of some words, for commander's `argParser`. */
export function choiceOption<Choice extends string>(option: string, choices: readonly Choice[]) {
  return (text: string): Choice => {
    const choice = choices.find((known) => known === text)
    if (choice !== undefined) return choice
    throw new AppError(
      'bad-value',
      `${option} is ${JSON.stringify(text)}; one of ${choices.join(', ')} was expected`,
      `Give ${option} one of them.`,
    )
  }
}

/** Collects an option that may be given several times. */
export function repeated(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), text]
}
