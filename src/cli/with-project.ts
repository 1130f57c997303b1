/** @file Opens a project for a command and closes it after. */
import { type Engine, openEngine } from '../engine/engine.ts'
import { rememberProject } from '../engine/projects/recent.ts'

/** Runs `work` with the project in `dir` open, and puts it on the list of recent projects. */
export async function withProject<Result>(
  dir: string,
  mode: 'write' | 'read',
  work: (engine: Engine) => Promise<Result> | Result,
): Promise<Result> {
  await using engine = openEngine(dir, mode)
  if (mode === 'write') await rememberProject(dir)
  return await work(engine)
}
