/** @file The one door to ONNX Runtime. A run blocks its thread and cannot be interrupted. */
import { availableParallelism } from 'node:os'
import { env, InferenceSession, listSupportedBackends, Tensor as OrtTensor } from 'onnxruntime-node'
import { AppError } from '../../shared/errors.ts'
import { isElementType, type Tensor } from '../onnx/tensor.ts'
import {
  chooseDevice,
  type Device,
  type DeviceChoice,
  type DeviceReport,
  deviceNames,
  deviceTitles,
  reportDevices,
} from './devices.ts'
import { type InputShapes, prepareModel } from './prepare-model.ts'
import { runFailure, wordsOf } from './run-failure.ts'
import { RunRecord } from './run-record.ts'
import { trialInput, trialModel } from './trial-model.ts'
import type { NodeCount } from './types.ts'

// What fails is thrown; ONNX Runtime would say it once more on stderr.
env.logLevel = 'fatal'

type Providers = NonNullable<InferenceSession.SessionOptions['executionProviders']>

/** ONNX Runtime's execution providers; operators that a GPU lacks run on the processor. */
const providers: Readonly<Record<Device, Providers>> = Object.freeze({
  cpu: ['cpu'],
  webgpu: ['webgpu', 'cpu'],
  cuda: ['cuda', 'cpu'],
  coreml: ['coreml', 'cpu'],
  dml: ['dml', 'cpu'],
})

export interface SessionOptions {
  /** A device's name or 'auto'. */
  device?: string | undefined
  /** Threads for one operator; 1 computes in the calling thread alone. */
  threads?: number | undefined
  /** Whether memory counts more than the last bit of speed: training has several times as much. */
  frugal?: boolean | undefined
  /** Shapes of the inputs, by name, where all runs have the same: some networks then run faster. */
  shapes?: InputShapes | undefined
  /** Whether to record, until `fallback` is asked for, where nodes run; never on the processor. */
  recorded?: boolean | undefined
}

/** A value that goes in or comes out; free sides of its shape have names. */
export interface Port {
  name: string
  type: string
  shape: readonly (number | string)[]
}

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>

/** A network that is ready to run. Whoever opens it releases it. */
export interface Session extends AsyncDisposable {
  readonly device: Device
  /** Why this device, in a sentence. */
  readonly reason: string
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /**
   * Computes the outputs. Those for which `into` has a tensor are written there, which spares
   * their allocation. Throws `not-enough-memory`, and `unsupported-model` with ONNX Runtime's words
   * when it fails otherwise.
   */
  run(feeds: Tensors, into?: Tensors): Promise<Tensors>
  /**
   * Ends the record: the nodes that the device left to the processor in the runs so far. None
   * without a record.
   */
  fallback(): Promise<NodeCount[]>
  release(): Promise<void>
}

class OpenSession implements Session {
  readonly device: Device
  readonly reason: string
  readonly #session: InferenceSession
  #record: RunRecord | null

  constructor(session: InferenceSession, choice: DeviceChoice, record: RunRecord | null) {
    this.#session = session
    this.#record = record
    this.device = choice.device
    this.reason = choice.reason
  }

  get inputs(): readonly Port[] {
    return this.#session.inputMetadata.flatMap(portOf)
  }

  get outputs(): readonly Port[] {
    return this.#session.outputMetadata.flatMap(portOf)
  }

  async run(feeds: Tensors, into: Tensors = {}): Promise<Tensors> {
    const fetches = this.#session.outputNames.map((name): [string, OrtTensor | null] => {
      const tensor = into[name]
      return [name, tensor ? toOrt(tensor) : null]
    })
    try {
      const results = await this.#session.run(mapValues(feeds, toOrt), Object.fromEntries(fetches))
      return mapValues(results, fromOrt)
    } catch (error) {
      throw runFailure(error)
    }
  }

  async fallback(): Promise<NodeCount[]> {
    const record = this.#record
    if (!record) return []
    this.#record = null
    this.#session.endProfiling()
    return record.take()
  }

  async release(): Promise<void> {
    await this.#session.release()
    await this.#record?.remove()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.release()
  }
}

function portOf(value: InferenceSession.ValueMetadata): Port[] {
  return value.isTensor ? [{ name: value.name, type: value.type, shape: value.shape }] : []
}

function mapValues<From, To>(
  values: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]))
}

function toOrt({ type, shape, data }: Tensor): OrtTensor {
  if (type === 'bfloat16') throw new AppError('unsupported-model', 'bfloat16 cannot be fed or read')
  return new OrtTensor(type, data, shape)
}

function fromOrt({ type, dims, data }: OrtTensor): Tensor {
  if (isElementType(type) && !Array.isArray(data)) return { type, shape: dims, data }
  throw new AppError('unsupported-model', `the network answers with ${type}, not with numbers`)
}

/** Devices that this build of ONNX Runtime has code for, in the order in which `auto` tries them. */
function knownDevices(): Device[] {
  const names = listSupportedBackends().map(({ name }) => name)
  return deviceNames.filter((device) => names.includes(device))
}

/**
 * Waiting threads spin only briefly, since they would take the processor from the decoder, and work
 * is handed out in small blocks, so that a thread that is held up holds up little. On two busy cores
 * both together save a fifth of the time, on idle ones they cost nothing.
 */
const besideOthers = { intra_op: { spin_duration_us: '50' }, dynamic_block_base: '4' }

/** What is created: a network's file or its bytes. */
type Model = string | Uint8Array

type Settings = Required<Pick<SessionOptions, 'threads' | 'frugal' | 'recorded'>>

async function create(
  model: Model,
  choice: DeviceChoice,
  { threads = availableParallelism(), frugal = false, recorded = false }: Partial<Settings>,
): Promise<Session> {
  const record = recorded && choice.device !== 'cpu' ? await RunRecord.begin() : null
  const options: InferenceSession.SessionOptions = {
    executionProviders: providers[choice.device],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    extra: { session: besideOthers },
    // A pattern takes the memory of the first run a second time.
    enableMemPattern: !frugal,
    ...(record && { enableProfiling: true, profileFilePrefix: record.prefix }),
  }
  try {
    // The declared overloads take a path or bytes, not either.
    const session =
      typeof model === 'string'
        ? await InferenceSession.create(model, options)
        : await InferenceSession.create(model, options)
    return new OpenSession(session, choice, record)
  } catch (error) {
    await record?.remove()
    throw error
  }
}

const trials = new Map<Device, Promise<number>>()

/** The device's trial, which takes place once in a thread. */
function trialOf(device: Device): Promise<number> {
  const trial = trials.get(device) ?? runTrial(device)
  trials.set(device, trial)
  return trial
}

/** Milliseconds of the second run of the trial network: the first one prepares. */
async function runTrial(device: Device): Promise<number> {
  await using session = await create(trialModel(), { device, reason: 'trial' }, { threads: 1 })
  const feeds = { x: trialInput() }
  await session.run(feeds)
  const started = performance.now()
  await session.run(feeds)
  return performance.now() - started
}

/** Opens a network on the device that `auto` picked, or on the processor when that fails. */
async function createAnywhere(
  model: Model,
  choice: DeviceChoice,
  settings: Partial<Settings>,
): Promise<Session> {
  if (choice.device === 'cpu') return create(model, choice, settings)
  try {
    return await create(model, choice, settings)
  } catch (error) {
    const reason = `${deviceTitles[choice.device]} could not take this network: ${wordsOf(error)}`
    return create(model, { device: 'cpu', reason }, settings)
  }
}

/**
 * Opens a network. With the device `auto` it tells in `device` and `reason` what it picked and why.
 * Throws `no-such-device` for a device that is not there, `bad-model` for a file that ONNX Runtime
 * does not take, and the file system's errors.
 */
export async function openSession(
  modelFile: string,
  options: SessionOptions = {},
): Promise<Session> {
  const choice = await deviceFor(options.device ?? 'auto')
  // The cheaper order of fixed shapes is cheaper for processors.
  const model = await prepareModel(modelFile, choice.device === 'cpu' ? options.shapes : undefined)
  try {
    return await createFor(model, choice, options)
  } catch (error) {
    throw new AppError(
      'bad-model',
      `ONNX Runtime does not take ${modelFile}: ${wordsOf(error)}`,
      'Export the network again, or for another device.',
      { cause: error },
    )
  }
}

/**
 * As `openSession`, for a graph of our own making, from its bytes as they are. Throws
 * `no-such-device`, and `unsupported-model` when ONNX Runtime does not take it.
 */
export async function openGraph(graph: Uint8Array, options: SessionOptions = {}): Promise<Session> {
  const choice = await deviceFor(options.device ?? 'auto')
  try {
    return await createFor(graph, choice, options)
  } catch (error) {
    throw new AppError(
      'unsupported-model',
      `ONNX Runtime does not take what was made of the network: ${wordsOf(error)}`,
      'Use another network or another device.',
      { cause: error },
    )
  }
}

function createFor(model: Model, choice: DeviceChoice, options: SessionOptions): Promise<Session> {
  const { device = 'auto', threads, frugal = false, recorded = false } = options
  const settings = { ...(threads && { threads }), frugal, recorded }
  return (device === 'auto' ? createAnywhere : create)(model, choice, settings)
}

/** The device that a request means here. Throws `no-such-device`. */
export function deviceFor(request: string): Promise<DeviceChoice> {
  return chooseDevice(request, knownDevices(), trialOf)
}

/** Tries every device that ONNX Runtime knows here; for `doctor`. */
export function listDevices(): Promise<DeviceReport[]> {
  return reportDevices(knownDevices(), trialOf)
}
