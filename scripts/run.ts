import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { root } from './root.ts'

export interface Finished {
  code: number
  /** What it printed, stdout and stderr together; empty when it printed to the terminal itself. */
  output: string
  seconds: number
}

export interface RunOptions {
  env?: Readonly<Record<string, string>>
  /** Keeps the output instead of printing it. */
  quiet?: boolean
}

/** The project's own programs come first, as in npm scripts. */
function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const programs = join(root, 'node_modules', '.bin')
  return { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH ?? ''}`, ...extra }
}

/** Runs a program in the repository and waits for its end. One that cannot be started has code 127. */
export function run(
  [command, ...args]: readonly [string, ...string[]],
  { env, quiet = false }: RunOptions = {},
): Promise<Finished> {
  const started = performance.now()
  const child = spawn(command, args, {
    cwd: root,
    env: environment(env),
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    // Windows starts npm's programs through its shell only.
    shell: process.platform === 'win32' && command !== process.execPath,
  })
  let output = ''
  const keep = (text: Buffer): void => {
    output += text.toString()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return new Promise((resolve) => {
    const finish = (code: number): void =>
      resolve({ code, output, seconds: (performance.now() - started) / 1000 })
    child.once('error', (error) => {
      output += error.message
      finish(127)
    })
    child.once('close', (code) => finish(code ?? 1))
  })
}
