import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Whether a window can be shown here. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || !!(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

function isInstalled(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.some((folder) => existsSync(join(folder, program)))
}

/** A command as it runs where there is no display: on a virtual one, where that is installed. */
export function onSomeDisplay(command: readonly [string, ...string[]]): [string, ...string[]] {
  return hasDisplay() || !isInstalled('xvfb-run') ? [...command] : ['xvfb-run', '-a', ...command]
}
