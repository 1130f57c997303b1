/** @file Progress on stderr: one bar that is redrawn on a terminal, a line every few seconds elsewhere. */
import type { JobProgress, OnProgress } from '../shared/progress.ts'

const lineEveryMs = 3000
const barWidth = 24

function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const minutes = Math.floor(whole / 60)
  const rest = String(whole % 60).padStart(2, '0')
  if (minutes < 60) return `${minutes}:${rest}`
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
}

function amount(value: number, unit: string): string {
  if (unit !== 'bytes') return value.toLocaleString('en-US', { maximumFractionDigits: 1 })
  return `${(value / 1e6).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`
}

/** `stage  120 / 740 frames · 95.2 frames/s · 0:06 left` */
export function progressText(progress: JobProgress): string {
  const { stage, done, total, unit, rate, etaSeconds } = progress
  const counted = unit === 'bytes' ? '' : ` ${unit}`
  const parts = [`${stage}  ${amount(done, unit)} / ${amount(total, unit)}${counted}`]
  if (rate > 0)
    parts.push(unit === 'bytes' ? `${amount(rate, unit)}/s` : `${amount(rate, '')} ${unit}/s`)
  if (rate > 0 && done < total) parts.push(`${clock(etaSeconds)} left`)
  return parts.join(' · ')
}

function bar({ done, total }: JobProgress): string {
  const filled = total > 0 ? Math.round((Math.min(done, total) / total) * barWidth) : 0
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`
}

/** Where progress is drawn: a terminal, or anything that takes text. */
export interface ProgressStream {
  write(text: string): unknown
  isTTY?: boolean
  columns?: number
}

export interface ProgressLine {
  onProgress: OnProgress
  /** Removes the bar, so that what is printed next starts on an empty line. */
  clear(): void
}

/** Draws progress on `stream`. */
export function progressLine(stream: ProgressStream): ProgressLine {
  let drawn = false
  let printedAt = Number.NEGATIVE_INFINITY
  let printedStage = ''
  const clear = () => {
    if (drawn) stream.write('\r\u001b[K')
    drawn = false
  }
  const onTerminal = (progress: JobProgress) => {
    const text = `${bar(progress)} ${progressText(progress)}`
    stream.write(`\r\u001b[K${text.slice(0, (stream.columns ?? 80) - 1)}`)
    drawn = true
  }
  const onLog = (progress: JobProgress) => {
    const now = performance.now()
    const ended = progress.done >= progress.total
    if (progress.stage === printedStage && now - printedAt < lineEveryMs && !ended) return
    printedAt = now
    printedStage = progress.stage
    stream.write(`${progressText(progress)}\n`)
  }
  return { onProgress: stream.isTTY ? onTerminal : onLog, clear }
}
