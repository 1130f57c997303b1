/** @file The shell as an ordinary user starts it: with the system's own sandbox. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { expect } from '@playwright/test'
import {
  type shellCommand as Command,
  emptyPage,
  shellCommand,
  shellTest as test,
} from '../../fixtures/shell.ts'

/** nobody, who owns nothing. */
const ordinary = 65534

let folder: string

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskbench-ordinary-'))
  chmodSync(folder, 0o755)
})

test.afterEach(() => rm(folder, { recursive: true, force: true }))

/** Electron where everybody can read it: hard links where that can be, else copies. */
function readableElectron(): string {
  const source = dirname(shellCommand.executable)
  const target = join(folder, 'electron')
  try {
    execFileSync('cp', ['-al', source, target], { stdio: 'ignore' })
  } catch {
    // Another disk takes no links.
    rmSync(target, { recursive: true, force: true })
    execFileSync('cp', ['-a', source, target])
  }
  return join(target, basename(shellCommand.executable))
}

/** A script that starts Electron as the ordinary user, whatever words it is given. */
function commandAsOrdinary(): typeof Command {
  const script = join(folder, 'electron-as-ordinary.sh')
  const change = `setpriv --reuid=${ordinary} --regid=${ordinary} --clear-groups`
  // Playwright, which is root, adds the switch by itself.
  const without = 'for word; do shift; [ "$word" = --no-sandbox ] || set -- "$@" "$word"; done'
  const start = `exec ${change} '${readableElectron()}' "$@"`
  writeFileSync(script, `#!/bin/sh\n${without}\n${start}\n`, { mode: 0o755 })
  return { executable: script, args: shellCommand.args.filter((word) => word !== '--no-sandbox') }
}

/** What the ordinary user needs of root's display. */
function environment(home: string): Record<string, string> {
  chownSync(home, ordinary, ordinary)
  const authority = join(folder, 'authority')
  if (process.env.XAUTHORITY) {
    copyFileSync(process.env.XAUTHORITY, authority)
    chownSync(authority, ordinary, ordinary)
  }
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_RUNTIME_DIR: home,
    MASKBENCH_NODE: process.execPath,
    ...(process.env.XAUTHORITY && { XAUTHORITY: authority }),
  }
}

test('runs in the real sandbox as an ordinary user', async ({ desk }) => {
  test.skip(process.platform !== 'linux', 'the other tests run in it on this system')
  const isRoot = process.getuid?.() === 0
  const options = isRoot ? { command: commandAsOrdinary(), env: environment(desk.home) } : {}
  const shell = await desk.launch(options)
  const page = await emptyPage(shell)
  expect(await page.title()).toBeTruthy()
  const found = await shell.evaluate(({ app, BrowserWindow }) => ({
    user: process.getuid?.(),
    switched: app.commandLine.hasSwitch('no-sandbox'),
    page: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    main: process.pid,
  }))
  expect(found.user).not.toBe(0)
  expect(found.switched).toBe(false)
  // https://man7.org/linux/man-pages/man5/proc_pid_status.5.html: 2 = system calls are filtered.
  const status = readFileSync(`/proc/${found.page}/status`, 'utf8')
  expect(status).toMatch(/^Seccomp:\s*2$/m)
  expect(status).toMatch(/^NoNewPrivs:\s*1$/m)
  const namespace = (pid: number): string => readlinkSync(`/proc/${pid}/ns/user`)
  expect(namespace(found.page)).not.toBe(namespace(found.main))
})
