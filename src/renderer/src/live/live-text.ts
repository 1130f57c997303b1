/** @file What the Live screen says, as words. */
import type { LiveState } from '../../../shared/contract/live.ts'

const statusWords: Readonly<Record<LiveState['status'], string>> = {
  connecting: 'Connecting…',
  connected: 'Connected',
  reconnecting: 'Lost, trying again…',
  failed: 'Not connected',
  stopped: 'Disconnected',
}

export function statusText({ status }: Pick<LiveState, 'status'>): string {
  return statusWords[status]
}

/** Whether there is a connection, or one is being made. */
export function isUnderWay(state: LiveState | null): state is LiveState {
  return state !== null && state.status !== 'failed' && state.status !== 'stopped'
}

/** `14.9`, `0.8`: frames a second. */
export function rateText(rate: number): string {
  return rate >= 10 ? String(Math.round(rate)) : rate.toFixed(1)
}

/** `0.21 s`, `3 s`; a dash before there was a picture. */
export function delayText(seconds: number | null): string {
  if (seconds === null) return '–'
  return seconds < 10 ? `${seconds.toFixed(2)} s` : `${Math.round(seconds)} s`
}

/** `1:05`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** Why not every frame is looked at, where that is so. */
export function paceText({ seen, dropped, cameraFramesPerSecond }: LiveState): string {
  if (seen === 0) return ''
  const camera = `The camera sends ${rateText(cameraFramesPerSecond)} frames a second`
  return dropped / seen < 0.02
    ? `${camera}; every one is looked at.`
    : `${camera}. The latest is looked at, what comes meanwhile is passed over.`
}

/** How a recording goes, or what became of the last one. */
export function recordingText({ recording, recorded }: LiveState): string {
  if (recording)
    return recording.frames === 0
      ? 'Recording begins with the next full picture of the camera…'
      : `Recording: ${clockText(recording.seconds)}, ${recording.frames.toLocaleString('en')} frames`
  if (!recorded) return ''
  if (recorded.frames === 0) return 'The recording was too short: it has no frame.'
  const frames = `${recorded.frames.toLocaleString('en')} frames`
  return recorded.job === null
    ? `Recorded ${frames}: ${recorded.file}`
    : `Recorded ${frames}; they are being added as a tape, see the jobs.`
}
