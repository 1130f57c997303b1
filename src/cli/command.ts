/** @file What a command of the `maskbench` program is, apart from how it is parsed and printed. */
import type { Command } from 'commander'
import type { z } from 'zod'
import type { LongWork } from '../shared/progress.ts'

/** What a command hands back: one JSON document, and the same for people. */
export interface Outcome {
  json: object
  text: string
  /** What goes on after it is printed, as a server does; its end ends the command. */
  running?: Promise<void>
}

/** What every command is given besides its own words. */
export interface CommandContext extends LongWork {
  signal: AbortSignal
  /** A warning or a note for people, on stderr. */
  note(text: string): void
}

/**
 * Ties a command's work to its words: its arguments in order, then its options as one object, as
 * `words` parses them.
 */
export type Handle = <Words>(
  words: z.ZodType<Words>,
  action: (context: CommandContext, words: Words) => Promise<Outcome>,
) => (...given: unknown[]) => Promise<void>

/** Wires one command (or a group of them) into the program. */
export type Register = (program: Command, handle: Handle) => void
