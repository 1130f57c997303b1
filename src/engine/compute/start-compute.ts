/** @file Starts compute processes. */
import { computeClient } from './compute-client.ts'
import { computeEntry } from './compute-entry.ts'
import { forkChannel } from './fork-channel.ts'
import type { Tasks } from './tasks.ts'
import type { ComputeChannel, ComputeProcess } from './types.ts'

/**
 * A process of its own for FFmpeg and ONNX Runtime, started with the first task: forked Node, unless
 * `open` starts it otherwise. Whoever starts it closes it. Long work and pictures that somebody waits
 * for belong in two of them: ending a task that hangs ends its process.
 */
export function startCompute(
  open: (script: string) => ComputeChannel = forkChannel,
): ComputeProcess<Tasks> {
  return computeClient<Tasks>(() => open(computeEntry()))
}
