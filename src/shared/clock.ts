/**
 * @file Wall-clock time as a camera's clock shows it: no time zone, no daylight saving.
 *
 * In memory it is milliseconds since 1970-01-01 00:00 of that clock, so that days and hours are
 * plain divisions.
 */
import { AppError } from './errors.ts'

export const dayMs = 86_400_000
export const hourMs = 3_600_000

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?)?(?:Z|[+-]\d\d:?\d\d)?$/

/**
 * Reads `2026-01-31T06:00`, with seconds and fractions where given; a time zone at the end is
 * passed over, since the clock on the wall is what counts.
 *
 * @throws AppError `bad-value` when it is no such time or no such day.
 */
export function parseClock(text: string): number {
  const fields = pattern.exec(text.trim())?.slice(1) ?? []
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields.map((field) =>
    Number(field ?? 0),
  )
  const fraction = Number((fields[6] ?? '').padEnd(3, '0'))
  const clock = Date.UTC(year, month - 1, day, hour, minute, second, fraction)
  const isReal = clockDate(clock) === text.trim().slice(0, 10) && hour < 24
  if (fields.length > 0 && isReal && minute < 60 && second < 60) return clock
  throw new AppError(
    'bad-value',
    `${JSON.stringify(text)} is not a time`,
    'Write it like 2026-01-31T06:00 or 2026-01-31T06:00:00.',
  )
}

const iso = (clock: number): string => (Number.isNaN(clock) ? '' : new Date(clock).toISOString())

/** `2026-01-31` */
export function clockDate(clock: number): string {
  return iso(clock).slice(0, 10)
}

/** `06:00:00` */
export function clockTime(clock: number): string {
  return iso(clock).slice(11, 19)
}
