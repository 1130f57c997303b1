import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

const perPlatform: Partial<Record<NodeJS.Platform, (home: string, env: Environment) => string>> = {
  darwin: (home) => join(home, 'Library', 'Application Support', 'Maskbench'),
  win32: (home, env) => join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Maskbench'),
}

/**
 * The user's folder for what outlives a project: the list of projects, converted networks, the
 * shell's profile. `MASKBENCH_HOME` overrides the platform's usual place.
 */
export function userDataFolder(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.MASKBENCH_HOME) return env.MASKBENCH_HOME
  const place = perPlatform[platform]
  if (place) return place(home, env)
  // https://specifications.freedesktop.org/basedir-spec/latest/
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'maskbench')
}

/** Where new projects go unless the user says so: among the documents, where the system has such a folder. */
export function projectsFolder(env: Environment = process.env, home: string = homedir()): string {
  if (env.MASKBENCH_HOME) return join(env.MASKBENCH_HOME, 'projects')
  const documents = join(home, 'Documents')
  return join(existsSync(documents) ? documents : home, 'Maskbench')
}
