import type { Period } from '../../../../shared/count/periods.ts'

/** `2 May, 06:00 – 07:00` on the clock, `0:00 – 1:00` since the tape's beginning. */
export function periodName({ start, end }: Period, isClock: boolean): string {
  if (!isClock) return `${start.slice(0, -3)} – ${end.slice(0, -3)}`
  const [day = '', time = ''] = start.split('T')
  const date = new Date(`${day}T00:00:00Z`)
  const name = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return `${name}, ${time.slice(0, 5)} – ${end.slice(11, 16)}`
}
