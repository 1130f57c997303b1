/** @file Looks now and then at what another program does to a project that is open for reading. */
import { z } from 'zod'
import { isLocked } from '../db/lock.ts'
import type { Project } from '../db/project.ts'

/** Soon enough for who watches, seldom enough not to be in the way of the one who writes. */
const everyMs = 1500

export interface WriterListener {
  /** The other program has written. */
  written(): void
  /** It has let go of the project, which can be written now. */
  gone(): void
}

/** A number that changes with every write of others; https://sqlite.org/pragma.html#pragma_data_version */
const versionOf = ({ db }: Project): number =>
  z.int().parse(db.pragma('data_version', { simple: true }))

/** Watches until the function that it returns is called, or the other program is gone. */
export function watchWriter(project: Project, listener: WriterListener): () => void {
  let version = versionOf(project)
  const timer = setInterval(() => {
    const now = versionOf(project)
    if (now !== version) listener.written()
    version = now
    if (isLocked(project.dir)) return
    clearInterval(timer)
    listener.gone()
  }, everyMs)
  // It keeps no process alive.
  timer.unref()
  return () => clearInterval(timer)
}
