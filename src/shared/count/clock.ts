/**
 * @file Wall-clock time of a tape. Clock times are kept as milliseconds that a clock in UTC would
 * show; the offset is that of the start for the whole tape.
 */
import { AppError } from '../errors.ts'

const startTime =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,3})?)?\s*(Z|[+-]\d\d:?\d\d)?$/

export interface WallClock {
  /** What the clock shows at frame 0. */
  startMs: number
  /** As given, such as `+02:00`; '' where none was. */
  offset: string
}

/**
 * Reads the time at which a tape begins, `2024-05-01T06:00:00+02:00`. The offset may be left out:
 * hours and shifts go by what the clock on the wall shows.
 * @throws AppError `bad-value`
 */
export function parseStartTime(text: string): WallClock {
  const [, ...parts] = startTime.exec(text.trim()) ?? []
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(0, 6)
    .map((part) => Number(part ?? 0))
  const startMs = Date.UTC(year, month - 1, day, hours, minutes, seconds)
  const read = new Date(startMs)
  // Date.UTC carries 31 April over to May, and 25:00 to the next day.
  const exists = parts.length > 0 && read.getUTCDate() === day && read.getUTCHours() === hours
  if (!exists || minutes > 59 || seconds > 59)
    throw new AppError(
      'bad-value',
      `${JSON.stringify(text)} is not a time`,
      'Write date and time of the first frame like 2024-05-01T06:00:00+02:00.',
    )
  return { startMs: startMs + Number(parts[6] ?? 0) * 1000, offset: parts[7] ?? '' }
}

/** `2024-05-01T06:00:00`, with the offset where one is known. */
export function formatClock(ms: number, offset: string): string {
  return new Date(ms).toISOString().slice(0, 19) + offset
}
