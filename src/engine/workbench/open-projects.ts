/** @file The projects that pages have open: one engine a project, one page that writes. */
import { createHmac, randomBytes } from 'node:crypto'
import { realpathSync } from 'node:fs'
import type { OpenedProject, ProjectHandle } from '../../shared/contract/projects.ts'
import type { Workbench } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { EventHub } from '../../shared/rpc.ts'
import type { EngineOptions } from '../engine.ts'
import type { OpenProject } from './open-project.ts'
import { PageHandle } from './page-handle.ts'
import type { Roots } from './roots.ts'
import { SharedProject } from './shared-project.ts'

export type { OpenProject } from './open-project.ts'

export interface OpenProjectsOptions extends EngineOptions {
  roots: Roots
  /** How long a project stays open for a page that does not hold it: long enough for a reload. */
  graceMs?: number | undefined
}

const usualGraceMs = 8000

function noSuchHandle(): AppError {
  return new AppError(
    'no-such-project-handle',
    'this page no longer has the project open',
    'Open it again; nothing that was saved is lost.',
  )
}

function readOnly({ name }: OpenProject, writer: OpenedProject['writer']): AppError {
  const where = {
    'another window': 'another window writes to it',
    'another program': 'another program writes to it',
    nobody: 'it lies on a disk that cannot be written',
    'this page': 'it was opened for reading',
  }[writer]
  return new AppError(
    'read-only',
    `${name} is read-only here: ${where}`,
    'Close it there, then open it here again.',
  )
}

export class OpenProjects {
  readonly roots: Roots
  readonly events: EventHub<Workbench>
  readonly #options: OpenProjectsOptions
  /** By the real path of the folder. */
  readonly #shared = new Map<string, SharedProject>()
  readonly #closing = new Map<string, Promise<void>>()
  readonly #handles = new Map<ProjectHandle, PageHandle>()
  readonly #secret = randomBytes(32)

  constructor(events: EventHub<Workbench>, options: OpenProjectsOptions) {
    this.events = events
    this.roots = options.roots
    this.#options = options
  }

  /**
   * Opens a project for a page; for writing, where nobody else writes to it. A page that comes back,
   * as after a reload, gets the handle that it had.
   * @throws AppError `outside-roots` and what `openProject` throws
   */
  async open({ path, page }: { path: string; page: string }): Promise<OpenedProject> {
    const shared = await this.share(path)
    const handle = createHmac('sha256', this.#secret)
      .update(JSON.stringify([shared.path, page]))
      .digest('base64url')
    const held = this.#handles.get(handle) ?? this.#add(handle, shared)
    held.use()
    shared.claim(handle)
    return {
      ...{ project: handle, path: shared.path, name: shared.name },
      ...{ mode: held.mode, writer: shared.writerFor(handle) },
    }
  }

  /** @throws AppError `no-such-project-handle` */
  get(handle: ProjectHandle): OpenProject {
    return this.#held(handle)
  }

  /** @throws AppError `no-such-project-handle`, `read-only` */
  forWriting(handle: ProjectHandle): OpenProject {
    const held = this.#held(handle)
    if (held.mode === 'write') return held
    throw readOnly(held, held.shared.writerFor(handle))
  }

  /** Keeps the project open for the page until the signal is aborted, and a little longer. */
  hold(handle: ProjectHandle, signal: AbortSignal | undefined): Promise<void> {
    return this.#held(handle).hold(signal)
  }

  /** Lets go of a project; a handle that is not known is let go of already. */
  release(handle: ProjectHandle): void {
    this.#handles.get(handle)?.end()
  }

  /** The project in a folder, where this process has it open. */
  find(path: string): SharedProject | undefined {
    return this.#shared.get(keyOf(path))
  }

  /** Resolves when a project that is about to close has closed. */
  async settled(path: string): Promise<void> {
    const closing = this.#closing.get(keyOf(path))
    if (!closing) return
    await closing
    await this.settled(path)
  }

  /** Opens a project for this process, or gives the one that is open; it closes when nobody uses it. */
  async share(path: string): Promise<SharedProject> {
    const folder = this.roots.require(path)
    await this.settled(folder)
    const key = keyOf(folder)
    const open = this.#shared.get(key)
    if (open) {
      open.tryToWrite()
      return open
    }
    const { events } = this
    const shared = new SharedProject(folder, {
      events,
      engine: this.#options,
      onUnused: () => void this.#close(key, shared),
    })
    this.#shared.set(key, shared)
    return shared
  }

  async close(): Promise<void> {
    for (const held of [...this.#handles.values()]) held.end()
    for (const [key, shared] of this.#shared) void this.#close(key, shared)
    await Promise.all(this.#closing.values())
  }

  #held(handle: ProjectHandle): PageHandle {
    const held = this.#handles.get(handle)
    if (!held) throw noSuchHandle()
    held.use()
    return held
  }

  #add(handle: ProjectHandle, shared: SharedProject): PageHandle {
    const graceMs = this.#options.graceMs ?? usualGraceMs
    const onEnd = (): void => {
      this.#handles.delete(handle)
      shared.release(handle)
    }
    const held = new PageHandle(handle, shared, { graceMs, onEnd })
    this.#handles.set(handle, held)
    shared.join(handle)
    return held
  }

  #close(key: string, shared: SharedProject): Promise<void> {
    const under = this.#closing.get(key)
    if (under) return under
    this.#shared.delete(key)
    const closing = shared.close().finally(() => this.#closing.delete(key))
    this.#closing.set(key, closing)
    return closing
  }
}

/** Two ways to a folder, through a link, are one project. */
function keyOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    // A folder that is not there: opening it says so.
    return path
  }
}
