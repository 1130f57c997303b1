/** @file A project that is open for work: its database, and the process that computes for it. */
import { startCompute } from './compute/start-compute.ts'
import type { Tasks } from './compute/tasks.ts'
import type { ComputeProcess } from './compute/types.ts'
import { openProject, type Project } from './db/project.ts'
import { userDataFolder } from './projects/data-folder.ts'

export interface Engine extends AsyncDisposable {
  readonly project: Project
  /** FFmpeg and ONNX Runtime, in a process of their own that starts when it is first needed. */
  readonly compute: ComputeProcess<Tasks>
  /** The user's folder for what outlives a project, such as converted networks. */
  readonly dataFolder: string
  close(): Promise<void>
}

export interface EngineOptions {
  /** How a compute process is started on this host. */
  startCompute?: () => ComputeProcess<Tasks>
  dataFolder?: string
}

/** An engine around a project that is open already; closing the engine closes the project. */
export function engineFor(project: Project, options: EngineOptions = {}): Engine {
  const compute = (options.startCompute ?? startCompute)()
  const close = async () => {
    try {
      await compute.close()
    } finally {
      project.close()
    }
  }
  const dataFolder = options.dataFolder ?? userDataFolder()
  return { project, compute, dataFolder, close, [Symbol.asyncDispose]: close }
}

/**
 * Opens the project in `dir`, for writing or for reading beside a writer.
 * @throws AppError what `openProject` throws
 */
export function openEngine(dir: string, mode: 'write' | 'read', options?: EngineOptions): Engine {
  return engineFor(openProject(dir, { mode }), options)
}
