/** @file Numbers and times as people read them. */

const integer = new Intl.NumberFormat('en')
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** `1 frame`, `13,500 frames`. */
export function count(amount: number, singular: string): string {
  return `${integer.format(amount)} ${singular}${amount === 1 ? '' : 's'}`
}

/** Units with the seconds each holds, the longest first. */
const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** `just now`, `5 minutes ago`, `yesterday`; a clock that was set back counts as now. */
export function ago(time: Date, now: Date): string {
  const seconds = (now.getTime() - time.getTime()) / 1000
  const unit = units.find(([, length]) => seconds >= length)
  if (!unit) return 'just now'
  const [name, length] = unit
  return relative.format(-Math.floor(seconds / length), name)
}

/** Date and time of day, in the user's time zone. */
export function dateTime(time: Date): string {
  return date.format(time)
}
