import { spawn } from 'node:child_process'

const openers: Partial<Record<NodeJS.Platform, [string, string[]]>> = {
  darwin: ['open', []],
  win32: ['rundll32', ['url.dll,FileProtocolHandler']],
}

/**
 * Opens an address in the user's browser; resolves to whether a program to do so could be started.
 * Other users of the machine can read command lines: give it an address that is good for once.
 */
export function openBrowser(url: string): Promise<boolean> {
  const [command, args] = openers[process.platform] ?? ['xdg-open', []]
  return new Promise((resolve) => {
    const child = spawn(command, [...args, url], { detached: true, stdio: 'ignore' })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
