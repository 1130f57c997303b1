/** @file Numbers and times as the report writes them. */
import { formatClock } from '../../shared/count/clock.ts'

/** Keeps a number and its unit on one line. */
const narrowSpace = '\u202f'

export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 })
}

/** `1 visit`, `2 visits` */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** `62 %`; small and large shares keep a digit, so that only none is 0 % and only all is 100 %. */
export function percent(share: number | null): string {
  if (share === null) return '–'
  const value = share * 100
  const whole = Math.round(value)
  const isEdge = value > 0 && value < 100 && (value < 9.95 || value > 99)
  if (!isEdge) return `${whole}${narrowSpace}%`
  if (value < 0.05) return `<${narrowSpace}0.1${narrowSpace}%`
  if (value > 99.95) return `>${narrowSpace}99.9${narrowSpace}%`
  return `${value.toFixed(1)}${narrowSpace}%`
}

/** `0.943`, or a dash where there is no value. */
export function score(value: number | null): string {
  return value === null ? '–' : value.toFixed(3)
}

/** A plain number with at most `digits` decimals. */
export function decimal(value: number, digits = 2): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}

/** `0.04 s`, `12 s`, `3 min 19 s`, `4 h 12 min` */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${decimal(seconds, seconds < 0.95 ? 2 : 1)}${narrowSpace}s`
  const whole = Math.round(seconds)
  const parts: [number, string][] =
    whole < 3600
      ? [
          [Math.floor(whole / 60), 'min'],
          [whole % 60, 's'],
        ]
      : [
          [Math.floor(whole / 3600), 'h'],
          [Math.floor((whole % 3600) / 60), 'min'],
        ]
  const written = parts.filter(([value]) => value > 0)
  return written.map(([value, unit]) => `${value}${narrowSpace}${unit}`).join(' ')
}

/** A time in the tape: `0:07`, `12:30`, `1:02:03`. */
export function tapeTime(seconds: number): string {
  const whole = Math.floor(seconds + 1e-6)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor(whole / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

/** `2026-01-31` of a wall clock in milliseconds. */
export function clockDate(clock: number): string {
  return formatClock(clock, '').slice(0, 10)
}

/** `06:00:00` of a wall clock in milliseconds. */
export function clockTime(clock: number): string {
  return formatClock(clock, '').slice(11)
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })

/** `Saturday 31 January 2026` of a wall clock in milliseconds. */
export function longDate(clock: number): string {
  return dayFormat.format(clock)
}
