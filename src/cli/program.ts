/** @file The `maskbench` program: parses words, runs one command, prints its outcome, sets the exit code. */
import { Command, CommanderError } from 'commander'
import type { z } from 'zod'
import { AppError, type ErrorKind, toAppError } from '../shared/errors.ts'
import type { Handle, Outcome, Register } from './command.ts'
import { type ProgressStream, progressLine } from './progress-line.ts'

/** The process as the program sees it; tests hand in streams of their own. */
export interface Terminal {
  stdout: { write(text: string): unknown }
  stderr: ProgressStream
  /** Calls back at each Ctrl-C; returns how to stop listening. */
  onInterrupt(listener: () => void): () => void
  /** Ends the process at once. */
  exit(code: number): never
}

const exitCodes: Record<ErrorKind, number> = { input: 2, failure: 1, cancelled: 130 }

/** Messages stay on one line whatever a file name or a library put into them. */
function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim()
}

function errorText(error: AppError): string {
  const hint = error.hint === '' ? '' : ` ${error.hint}`
  const message = error.message.replace(/[.\s]+$/, '')
  return `error: ${oneLine(`${message}.${hint}`)}\n`
}

/** Commander's own complaints, in our form: what was wrong, and where help is. */
function usageError(error: CommanderError): AppError {
  const message =
    error.code === 'commander.help'
      ? 'a command was expected'
      : oneLine(error.message).replace(/^error:\s*/, '')
  return new AppError('usage', message, 'Run the command with --help to see what it takes.')
}

/**
 * Runs the program on `words` (without node and script) and resolves to its exit code: 0 done,
 * 1 failed, 2 wrong usage or input, 130 cancelled by Ctrl-C.
 */
export async function runProgram(
  words: string[],
  registers: readonly Register[],
  version: string,
  terminal: Terminal,
): Promise<number> {
  const json = words.includes('--json')
  const verbose = words.includes('--verbose')
  const line = progressLine(terminal.stderr)
  const controller = new AbortController()
  const stopListening = terminal.onInterrupt(() => {
    if (controller.signal.aborted) terminal.exit(130)
    line.clear()
    terminal.stderr.write('stopping after this step; press Ctrl-C again to stop at once\n')
    controller.abort()
  })
  const print = (outcome: Outcome) => {
    line.clear()
    terminal.stdout.write(json ? `${JSON.stringify(outcome.json)}\n` : `${outcome.text}\n`)
  }
  const note = (text: string) => {
    line.clear()
    terminal.stderr.write(`${text}\n`)
  }
  const context = { signal: controller.signal, onProgress: line.onProgress, note }
  const handle: Handle =
    (words, action) =>
    async (...given) => {
      // Commander's last argument is the command itself.
      const outcome = await action(context, parseWords(words, given.slice(0, -1)))
      print(outcome)
      await outcome.running
    }
  try {
    await buildProgram(registers, version, handle, json, terminal).parseAsync(words, {
      from: 'user',
    })
    return 0
  } catch (thrown) {
    line.clear()
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0
    const error = thrown instanceof CommanderError ? usageError(thrown) : toAppError(thrown)
    if (json) terminal.stdout.write(`${JSON.stringify({ error: error.toJSON() })}\n`)
    else terminal.stderr.write(errorText(error))
    if (verbose) terminal.stderr.write(`${stackOf(thrown)}\n`)
    return exitCodes[error.kind]
  } finally {
    stopListening()
  }
}

/** `threshold: expected number, received NaN`, for each word that does not fit. */
function parseWords<Words>(schema: z.ZodType<Words>, given: unknown[]): Words {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(
    (issue) => `${issue.path.slice(1).join('.')}: ${issue.message}`,
  )
  throw new AppError(
    'usage',
    issues.join('; '),
    'Run the command with --help to see what it takes.',
  )
}

function stackOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return thrown.cause === undefined
    ? String(thrown.stack)
    : `${thrown.stack}\ncaused by ${stackOf(thrown.cause)}`
}

function buildProgram(
  registers: readonly Register[],
  version: string,
  handle: Handle,
  json: boolean,
  terminal: Terminal,
): Command {
  const program = new Command('maskbench')
    .description(
      'Counts, per region, the frames of a fixed camera’s tape in which somebody is there.',
    )
    .version(version)
  for (const register of registers) register(program, handle)
  configure(program, json, terminal)
  return program
}

/** Options and manners that every command has, at every depth. */
function configure(command: Command, json: boolean, terminal: Terminal): void {
  command
    .exitOverride()
    .showSuggestionAfterError(!json)
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      // Complaints are printed once, by runProgram. Without a command the help is what is wanted.
      writeErr: (text) => {
        if (text.startsWith('Usage:') && !json) terminal.stderr.write(`${text}\n`)
      },
    })
  if (command.commands.length === 0) {
    command.option('--json', 'print exactly one JSON document on stdout')
    command.option('--verbose', 'with an error, show where it came from')
  }
  for (const child of command.commands) configure(child, json, terminal)
}
