/** @file Compute processes outside Electron: forked Node. */
import { computeClient } from './compute-client.ts'
import { computeEntry } from './compute-entry.ts'
import { forkChannel } from './fork-channel.ts'
import type { Tasks } from './tasks.ts'
import type { ComputeProcess } from './types.ts'

/**
 * A process of its own for FFmpeg and ONNX Runtime, started with the first task. Whoever starts it
 * closes it. Long work and pictures that somebody waits for belong in two of them: ending a task that
 * hangs ends its process.
 */
export function startCompute(): ComputeProcess<Tasks> {
  return computeClient<Tasks>(() => forkChannel(computeEntry()))
}
