/** @file Times on a tape as text, and back. */

/** `1:02:03.456`, `2:03.456`; seconds since frame 0. */
export function timeText(seconds: number): string {
  const whole = Math.floor(Math.round(seconds * 1000) / 1000)
  const milliseconds = Math.round((seconds - whole) * 1000)
  const part = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor(whole / 60) % 60
  const start = hours > 0 ? `${hours}:${part(minutes)}` : `${minutes}`
  return `${start}:${part(whole % 60)}.${String(milliseconds).padStart(3, '0')}`
}

/** Seconds of `1:02:03.4`, `2:03` or `4.5`; null for anything else. */
export function parseTime(text: string): number | null {
  const parts = text.trim().replace(',', '.').split(':')
  if (parts.length > 3 || !parts.every((part) => /^\d+(\.\d*)?$/.test(part))) return null
  return parts.reduce((seconds, part) => seconds * 60 + Number(part), 0)
}

/** Wall-clock time of a frame, where frame 0 has one: `2026-03-02 06:00:04`. */
export function clockText(startTime: string, seconds: number): string | null {
  const start = new Date(`${startTime.replace(' ', 'T').replace(/Z$/, '')}Z`)
  if (Number.isNaN(start.getTime())) return null
  const at = new Date(start.getTime() + Math.floor(seconds * 1000))
  return at.toISOString().slice(0, 19).replace('T', ' ')
}

/** A number of frames or pixels, with the groups that make it readable. */
export function countText(count: number): string {
  return count.toLocaleString('en')
}
