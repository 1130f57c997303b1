/** @file Opens a camera: the one place where FFmpeg may reach beyond a file. */
import { AVDISCARD_ALL } from 'node-av/constants'
import { Dictionary, FormatContext, InputFormat } from 'node-av/lib'
import { AppError, throwIfCancelled } from '../../../shared/errors.ts'
import { type LiveAddress, parseLiveAddress, withoutSecrets } from '../../../shared/live-address.ts'
import { nativeReason } from '../ffmpeg.ts'
import { demuxers } from '../guard.ts'
import { type TapeInput, videoStream } from '../input.ts'

/** What a camera's address may be of, and what those are carried by; no files, pipes or lists. */
const protocols = 'rtsp,rtsps,rtp,udp,tcp,tls,http,https'

/** Those of tapes, and those that exist on the wire alone. */
const formats = [...demuxers, 'rtsp', 'sdp', 'rtp', 'mpjpeg'].join(',')

/** A camera that says nothing for so long has gone. */
const patienceSeconds = 8

/** How long is listened before it is known what the camera sends, in microseconds. */
const analysis = '1500000'

interface Opening {
  kind: LiveAddress['kind']
  url: string
  format: InputFormat | null
  options: Record<string, string>
}

const microseconds = String(patienceSeconds * 1_000_000)

const networkOptions = {
  protocol_whitelist: protocols,
  format_whitelist: formats,
  analyzeduration: analysis,
  // `rw_timeout` is of HTTP, TCP and UDP, `timeout` of RTSP.
  rw_timeout: microseconds,
}

/** Device inputs by platform: FFmpeg's name, and how it calls the camera of a number or name. */
const webcams: Partial<Record<NodeJS.Platform, [format: string, url: (device: string) => string]>> =
  {
    linux: ['v4l2', (device) => (/^\d+$/.test(device) ? `/dev/video${device}` : device)],
    darwin: ['avfoundation', (device) => `${device}:none`],
    win32: ['dshow', (device) => `video=${device}`],
  }

const noSuchWebcam = 'there is no such camera at this computer'
const webcamHint =
  'Plug it in, and end what else uses it. The computer is the one that Maskbench runs on: webcam is its first camera, webcam:1 the second.'

/** @throws AppError `camera-unreachable` where this system has no such input */
function openingOf(address: LiveAddress): Opening {
  if (address.kind === 'network') {
    const { url, scheme } = address
    const isRtsp = scheme.startsWith('rtsp')
    const rtsp = { rtsp_transport: 'tcp', timeout: microseconds }
    return {
      kind: 'network',
      url,
      format: null,
      options: { ...networkOptions, ...(isRtsp ? rtsp : {}) },
    }
  }
  const [name, urlOf] = webcams[process.platform] ?? []
  const format = name === undefined ? null : InputFormat.findInputFormat(name)
  const url = urlOf?.(address.device) ?? ''
  const isOther = process.platform === 'linux' && !/^\/dev\/video\d+$/.test(url)
  if (!format || isOther) throw new AppError('camera-unreachable', noSuchWebcam, webcamHint)
  return { kind: 'webcam', url, format, options: { format_whitelist: format.name ?? '' } }
}

/**
 * Opens a camera by what the user typed. The `path` of the result is the address without its secrets.
 *
 * @throws AppError `bad-address`, `camera-unreachable`, `no-video-stream`, `cancelled`
 */
export async function openLive(
  address: string,
  { signal }: { signal: AbortSignal },
): Promise<TapeInput> {
  const opening = openingOf(parseLiveAddress(address))
  const path = withoutSecrets(address)
  const container = new FormatContext()
  const stop = (): void => container.interrupt()
  const { url, format } = opening
  const seen = { path, kind: opening.kind }
  try {
    throwIfCancelled(signal, 'connecting')
    signal.addEventListener('abort', stop, { once: true })
    using options = Dictionary.fromObject(opening.options)
    required(await container.openInput(url, format, options), seen, signal)
    required(await container.findStreamInfo(), seen, signal)
    const stream = videoStream(container, path)
    for (const other of container.streams)
      if (other.index !== stream.index) other.discard = AVDISCARD_ALL
    const close = (): Promise<void> => {
      signal.removeEventListener('abort', stop)
      return container.closeInput()
    }
    return { path, sizeBytes: 0, container, stream, [Symbol.asyncDispose]: close }
  } catch (error) {
    signal.removeEventListener('abort', stop)
    await container.closeInput()
    throw error
  }
}

function required(
  result: number,
  { path, kind }: { path: string; kind: LiveAddress['kind'] },
  signal: AbortSignal,
): void {
  throwIfCancelled(signal, 'connecting')
  if (result >= 0) return
  if (kind === 'webcam')
    throw new AppError(
      'camera-unreachable',
      `${noSuchWebcam}, or it cannot be opened: ${nativeReason(result)}`,
      webcamHint,
    )
  throw new AppError(
    'camera-unreachable',
    `${path} does not answer with pictures: ${nativeReason(result)}`,
    'Check the address, user name and password, and that the camera is on and in the same network.',
  )
}
