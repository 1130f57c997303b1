import { type Finished, type RunOptions, run } from './run.ts'

/** Builds main, preload and page into out/, and prints warnings and errors only. */
export function build(options: RunOptions = {}): Promise<Finished> {
  return run(['electron-vite', 'build', '--logLevel', 'warn'], options)
}
