/** @file The devices that can run a network, and how one is chosen. */
import { AppError } from '../../shared/errors.ts'

/** Devices by the names that people type, in the order in which `auto` tries them. */
export const deviceTitles = Object.freeze({
  cuda: 'NVIDIA GPU (CUDA)',
  dml: 'GPU (DirectML, Windows)',
  coreml: 'Apple GPU and Neural Engine (Core ML)',
  webgpu: 'GPU (WebGPU)',
  cpu: 'processor',
})

export type Device = keyof typeof deviceTitles

export const deviceNames: readonly Device[] = Object.freeze(
  Object.keys(deviceTitles).filter(isDevice),
)

export function isDevice(name: string): name is Device {
  return Object.hasOwn(deviceTitles, name)
}

/** Milliseconds that a device needs for the trial network. Throws when it is not there. */
export type DeviceTrial = (device: Device) => Promise<number>

export interface DeviceReport {
  device: Device
  title: string
  available: boolean
  /** What it took, or why it is not there. */
  note: string
}

export interface DeviceChoice {
  device: Device
  /** Why this one, in a sentence. */
  reason: string
}

/**
 * A GPU drawn in software (Mesa, SwiftShader) looks like any other, but takes hundreds of times
 * longer than the processor; a real one may need a few times longer for a network as small as the
 * trial's.
 */
const slowestUseful = 20

async function tryDevice(
  device: Device,
  trial: DeviceTrial,
): Promise<DeviceReport & { ms: number }> {
  const title = deviceTitles[device]
  try {
    const ms = await trial(device)
    return { device, title, available: true, note: `trial in ${ms.toFixed(1)} ms`, ms }
  } catch (error) {
    const note = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { device, title, available: false, note, ms: Number.POSITIVE_INFINITY }
  }
}

/** Tries every device that this build of ONNX Runtime knows. */
export async function reportDevices(
  known: readonly Device[],
  trial: DeviceTrial,
): Promise<DeviceReport[]> {
  const reports: DeviceReport[] = []
  for (const device of known) {
    const { ms: _, ...report } = await tryDevice(device, trial)
    reports.push(report)
  }
  return reports
}

async function chooseAutomatically(
  known: readonly Device[],
  trial: DeviceTrial,
): Promise<DeviceChoice> {
  const processor = await tryDevice('cpu', trial)
  for (const device of known.filter((name) => name !== 'cpu')) {
    const { available, ms, title } = await tryDevice(device, trial)
    if (available && ms <= processor.ms * slowestUseful)
      return { device, reason: `${title} is there` }
  }
  return { device: 'cpu', reason: 'no GPU that ONNX Runtime can use was found' }
}

/**
 * The device for a request: `auto` takes the first of `known` that is there and no software
 * rendering. Throws `no-such-device`, listing those that are there.
 */
export async function chooseDevice(
  request: string,
  known: readonly Device[],
  trial: DeviceTrial,
): Promise<DeviceChoice> {
  if (request === 'auto') return chooseAutomatically(known, trial)
  if (request === 'cpu') return { device: 'cpu', reason: 'as asked' }
  const report =
    isDevice(request) && known.includes(request) ? await tryDevice(request, trial) : null
  if (report?.available) return { device: report.device, reason: 'as asked' }
  const there = (await reportDevices(known, trial)).filter(({ available }) => available)
  const names = there.map(({ device }) => device).join(', ')
  throw new AppError(
    'no-such-device',
    `the device '${request}' is not there${report ? ` (${report.note})` : ''}; there are: ${names}`,
    'Use one of those, or auto.',
  )
}
