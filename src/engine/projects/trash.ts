/**
 * @file The system's trash, for hosts that have no door of their own to it (Electron has). On Linux
 * by the freedesktop rules, https://specifications.freedesktop.org/trash-spec/latest/
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '../../shared/errors.ts'

interface Trash {
  /** Holds `files` and `info`. */
  folder: string
  /** Where paths in the trash's notes begin; null = they are absolute. */
  top: string | null
}

/** `Name`, `Name 2`, … as long as the trash has one of that name. */
async function freeName(info: string, name: string, note: string): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name} ${number}`
    try {
      // Creating the note claims the name, also against another program.
      await writeFile(join(info, `${candidate}.trashinfo`), note, { flag: 'wx' })
      return candidate
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}

/** Local time without a zone, as the specification has it. */
function deletionDate(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 19)
}

async function putInto({ folder, top }: Trash, path: string): Promise<void> {
  const [files, info] = [join(folder, 'files'), join(folder, 'info')]
  for (const each of [files, info]) await mkdir(each, { recursive: true, mode: 0o700 })
  const original = top === null ? path : relative(top, path)
  const encoded = original.split('/').map(encodeURIComponent).join('/')
  const note = `[Trash Info]\nPath=${encoded}\nDeletionDate=${deletionDate(new Date())}\n`
  const name = await freeName(info, basename(path), note)
  try {
    await rename(path, join(files, name))
  } catch (error) {
    await rm(join(info, `${name}.trashinfo`), { force: true })
    throw error
  }
}

/** The highest folder above `path` on the same disk. */
async function topOfDisk(path: string, device: number): Promise<string> {
  const parent = dirname(path)
  if (parent === path || (await stat(parent)).dev !== device) return path
  return topOfDisk(parent, device)
}

async function freedesktop(path: string): Promise<void> {
  const data = process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share')
  const { dev } = await stat(path)
  await mkdir(data, { recursive: true })
  if ((await stat(data)).dev === dev)
    return putInto({ folder: join(data, 'Trash'), top: null }, path)
  const top = await topOfDisk(path, dev)
  return putInto({ folder: join(top, `.Trash-${process.getuid?.() ?? 0}`), top }, path)
}

/** Without "put back": only Finder writes where a thing came from. */
async function macTrash(path: string): Promise<void> {
  const trash = join(homedir(), '.Trash')
  const name = basename(path)
  const taken = existsSync(join(trash, name))
  await rename(path, join(trash, taken ? `${Date.now()} ${name}` : name))
}

async function recycleBin(path: string): Promise<void> {
  const script = `Add-Type -AssemblyName Microsoft.VisualBasic
[Microsoft.VisualBasic.FileIO.FileSystem]::DeleteDirectory($env:MASKBENCH_TRASH,'OnlyErrorDialogs','SendToRecycleBin')`
  // The path goes by the environment: no quoting can go wrong.
  const env = { ...process.env, MASKBENCH_TRASH: path }
  await promisify(execFile)('powershell.exe', ['-NoProfile', '-Command', script], { env })
}

const trashes: Partial<Record<NodeJS.Platform, (path: string) => Promise<void>>> = {
  darwin: macTrash,
  win32: recycleBin,
}

/**
 * Moves a folder into the system's trash.
 * @throws AppError `no-trash` where its disk has none; then the folder is as it was
 */
export async function moveToTrash(path: string): Promise<void> {
  const folder = resolve(path)
  try {
    await (trashes[process.platform] ?? freedesktop)(folder)
  } catch (error) {
    throw new AppError(
      'no-trash',
      `${folder} could not be moved to the trash`,
      'Its disk may have none. Remove the folder with your file manager.',
      { cause: error },
    )
  }
}
