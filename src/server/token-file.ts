/** @file The token in a file that only its user can read, so that pages outlast a restart of the server. */
import { lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createSecret } from './secret.ts'

const tokenPattern = /^[\w-]{43}$/

/**
 * The token in a file that nobody else can have read or written; null otherwise. A link is not
 * followed: others may have put it there. (Windows keeps a user's folder to its user, without modes.)
 */
async function readToken(path: string): Promise<string | null> {
  try {
    const stats = await lstat(path)
    const isPrivate = (stats.mode & 0o077) === 0 && stats.uid === process.getuid?.()
    if (!stats.isFile() || !(isPrivate || process.platform === 'win32')) return null
    const token = (await readFile(path, 'utf8')).trim()
    return tokenPattern.test(token) ? token : null
  } catch {
    // Absent or not to be read: a new one takes its place.
    return null
  }
}

/**
 * The token that is kept in a file of mode 0600; a new one where there is none, or where others could
 * have read it. On a disk that cannot be written it lasts as long as the server.
 */
export async function keptToken(path: string): Promise<string> {
  const kept = await readToken(path)
  if (kept !== null) return kept
  const token = createSecret()
  try {
    await mkdir(dirname(path), { recursive: true })
    await rm(path, { force: true })
    await writeFile(path, `${token}\n`, { mode: 0o600, flag: 'wx' })
  } catch {
    // Without the file, pages need the new address after a restart; that is all.
  }
  return token
}
