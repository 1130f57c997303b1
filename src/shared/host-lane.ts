/** @file What the engine asks of the desktop shell that it runs in, on the lane `host`. */
import { z } from 'zod'

const id = z.int().min(0)

export const toShellSchema = z.discriminatedUnion('t', [
  /** Forks a script for computing: where the engine is a utility process only the shell can. */
  z.object({ t: z.literal('start-compute'), id, script: z.string() }),
  /** Ends such a process at once. */
  z.object({ t: z.literal('end-compute'), id }),
  /** Moves a file or folder into the system's trash. */
  z.object({ t: z.literal('trash'), id, path: z.string() }),
])

export const fromShellSchema = z.discriminatedUnion('t', [
  /** Comes with a port, whose other end the process has. */
  z.object({ t: z.literal('compute-port'), id, processId: z.int().nullable() }),
  z.object({
    t: z.literal('compute-ended'),
    id,
    exitCode: z.int().nullable(),
    lastLines: z.string(),
  }),
  /** `error` is null where it is in the trash. */
  z.object({ t: z.literal('trashed'), id, error: z.string().nullable() }),
  /** The shell ends: close what is open, and exit. */
  z.object({ t: z.literal('close') }),
])

export type ToShell = z.infer<typeof toShellSchema>
export type FromShell = z.infer<typeof fromShellSchema>
