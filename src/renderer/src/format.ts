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

const upToOneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** `13,500`, `2.4`: a decimal only below ten. */
export function number(value: number): string {
  return value >= 10 ? integer.format(Math.round(value)) : upToOneDecimal.format(value)
}

const sizes = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `812 bytes`, `2.4 MB`, in powers of 1000 as file managers count. */
export function bytes(value: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(1, value)) / 3), sizes.length - 1)
  return `${number(value / 1000 ** power)} ${sizes[power] ?? ''}`
}

/** `8 s`, `3 min 20 s`, `2 h 5 min`: the two largest units. */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`
  const rest = whole % 60
  return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`
}
