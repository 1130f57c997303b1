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

/** `0.21 s`, `12 s`; a dash before there was a picture. */
export function delayText(seconds: number | null): string {
  if (seconds === null) return '–'
  if (seconds < 0.01) return 'under 0.01 s'
  return seconds < 10 ? `${seconds.toFixed(2)} s` : `${Math.round(seconds)} s`
}

/** `1:05`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** Less than this share of the camera's frames is not every frame. */
const nearlyAll = 0.95

/** Why not every frame is looked at, where that is so. */
export function paceText({ seen, framesPerSecond, cameraFramesPerSecond }: LiveState): string {
  if (seen === 0) return ''
  const camera = `The camera sends ${rateText(cameraFramesPerSecond)} frames a second`
  return framesPerSecond >= nearlyAll * cameraFramesPerSecond
    ? `${camera}; every one is looked at.`
    : `${camera}. The latest is looked at, what comes meanwhile is passed over.`
}

/** `1 frame`, `1,200 frames`. */
function framesText(frames: number): string {
  return `${frames.toLocaleString('en')} ${frames === 1 ? 'frame' : 'frames'}`
}

/** How a recording goes, or what became of the last one. */
export function recordingText({ recording, recorded }: LiveState): string {
  if (recording)
    return recording.frames === 0
      ? 'Recording begins with the next full picture of the camera…'
      : `Recording: ${clockText(recording.seconds)}, ${framesText(recording.frames)}`
  if (!recorded) return ''
  if (recorded.frames === 0) return 'The recording was too short: it has no frame.'
  const frames = framesText(recorded.frames)
  return recorded.job === null
    ? `Recorded ${frames}: ${recorded.file}`
    : `Recorded ${frames}. It is added as a tape, see the jobs.`
}
