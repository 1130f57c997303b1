/** @file What every benchmark shares: peers in Python, a table on the screen, numbers in a file. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A line of a table; every line of one table has the same keys. */
export type Row = Record<string, string | number>

/** The Python that has the peers' packages installed. */
export const peerPython = process.env.MASKBENCH_PEER_PYTHON ?? 'python3'

/**
 * Runs a program whose last line of output is JSON and returns what it says.
 *
 * @throws Error when it fails; the message ends with its stderr.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<unknown> {
  const options = { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...env } }
  const { stdout } = await run(program, args, options)
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
}

/** The same for the text of a program in the peers' Python. */
export function runPeer(program: string, args: readonly string[] = []): Promise<unknown> {
  return runProgram(peerPython, ['-c', program, ...args])
}

/** Keeps glibc from giving freed pages back, which PyTorch would fault in again at every step. */
export const keepPages = {
  MALLOC_MMAP_MAX_: '0',
  MALLOC_TRIM_THRESHOLD_: '100000000000',
  MALLOC_TOP_PAD_: '67108864',
}

/** True when the peers' Python can import a package; benchmarks say so and go on without it. */
export async function hasPeer(packageName: string): Promise<boolean> {
  return run(peerPython, ['-c', `import ${packageName}`]).then(
    () => true,
    () => false,
  )
}

/** Exit code of a benchmark that cannot be measured on this machine. */
export const skippedCode = 77

/** Ends a benchmark that cannot be measured on this machine. */
export function skip(reason: string): never {
  console.log(`skipped: ${reason}`)
  process.exit(skippedCode)
}

/** A path in the shared folder; the benchmark is skipped where there is none. */
export function sharedFile(...parts: string[]): string {
  const path = join(import.meta.dirname, '..', '..', 'shared', ...parts)
  return existsSync(path) ? path : skip(`${path} is not here`)
}

/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  if (low === undefined || high === undefined) throw new TypeError('median of no values')
  return (low + high) / 2
}

/** Seconds that `work` took. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/**
 * Runs the competitors in turn, `rounds` times, so that a change in the machine's speed hits all of
 * them alike. Returns each one's measurements in order.
 */
export async function alternate(
  rounds: number,
  competitors: Record<string, () => Promise<number>>,
): Promise<Map<string, number[]>> {
  const results = new Map<string, number[]>()
  for (let round = 0; round < rounds; round++)
    for (const [name, measure] of Object.entries(competitors))
      results.set(name, [...(results.get(name) ?? []), await measure()])
  return results
}

/**
 * Prints rows as a table and writes them, with the machine they were measured on, to
 * `bench/results/NAME.json`.
 */
export async function report(name: string, title: string, rows: readonly Row[]): Promise<void> {
  console.log(`\n${title}\n\n${table(rows)}\n`)
  const folder = join(import.meta.dirname, 'results')
  await mkdir(folder, { recursive: true })
  const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length }
  const text = JSON.stringify({ name, title, machine, rows }, null, 2)
  await writeFile(join(folder, `${name}.json`), `${text}\n`)
}

/** Rows in columns: text to the left, numbers to the right with three significant digits. */
export function table(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const lines = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))]
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  const numeric = columns.map((column) => typeof rows[0]?.[column] === 'number')
  const format = (line: string[]) =>
    line
      .map((text, i) => (numeric[i] ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return [format(columns), rule, ...lines.slice(1).map(format)].join('\n')
}

function cell(value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? ''
  return Number.isInteger(value) || Math.abs(value) >= 1000
    ? String(Math.round(value))
    : value.toPrecision(3)
}

/** A path for a benchmark's temporary files; the benchmark removes it. */
export function scratch(name: string): string {
  return join(tmpdir(), `maskbench-bench-${process.pid}-${name}`)
}
