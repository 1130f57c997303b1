/** @file The one door to TensorFlow.js for Node, which is an optional dependency. */
import util from 'node:util'
import type * as TensorFlow from '@tensorflow/tfjs-node'
import { AppError } from '../../../../shared/errors.ts'

export type Tf = typeof TensorFlow

/** How to get what is missing; the package's own install script does it on most machines. */
const hint =
  'Run `npm install @tensorflow/tfjs-node` and `npm rebuild @tensorflow/tfjs-node`, ' +
  'or train with --backend onnx.'

/** Functions that tfjs-node 4 calls, and Node 23 and later warn of or lack. */
const outdated = {
  isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
  isArray: Array.isArray,
}

let loaded: Promise<Tf> | null = null

/** Loads TensorFlow's library, once. Throws `no-such-backend` where package or library are missing. */
export function loadTensorFlow(): Promise<Tf> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Tf> {
  for (const [name, value] of Object.entries(outdated))
    Object.defineProperty(util, name, { value, configurable: true })
  // TensorFlow tells about itself on stderr unless it is told not to.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  try {
    const { default: tf } = await import('@tensorflow/tfjs-node')
    return tf
  } catch (error) {
    loaded = null
    const words = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new AppError(
      'no-such-backend',
      `the backend tfjs needs @tensorflow/tfjs-node with its native library: ${words}`,
      hint,
      { cause: error },
    )
  }
}
