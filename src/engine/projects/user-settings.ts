/** @file What the user chose for all projects, in a file in the user's data folder. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import {
  defaultUserSettings,
  type UserSettings,
  userSettingsSchema,
} from '../../shared/contract/settings.ts'
import { userDataFolder } from './data-folder.ts'
import { replaceFile } from './replace-file.ts'

const settingsPath = (): string => join(userDataFolder(), 'settings.json')

const parts = userSettingsSchema.partial()

/** Whatever of a file is a setting; the rest is left out, as of a damaged or a newer file. */
function usable(json: unknown): Partial<UserSettings> {
  if (typeof json !== 'object' || json === null) return {}
  const found: Partial<UserSettings> = {}
  for (const [name, value] of Object.entries(json).filter((entry) => entry[1] !== undefined))
    Object.assign(found, parts.safeParse({ [name]: value }).data)
  return found
}

export async function loadUserSettings(): Promise<UserSettings> {
  try {
    const json: unknown = JSON.parse(await readFile(settingsPath(), 'utf8'))
    return { ...defaultUserSettings, ...usable(json) }
  } catch {
    // Absent or damaged: nobody is kept from work by it.
    return { ...defaultUserSettings }
  }
}

/** Ends when the last change is written: two at a time must not lose one. */
let last: Promise<unknown> = Promise.resolve()

/** Stores what is given, leaves the rest, and returns all. Throws what the file system throws. */
export function saveUserSettings(changes: z.output<typeof parts>): Promise<UserSettings> {
  const saved = last.then(async () => {
    const settings = { ...(await loadUserSettings()), ...usable(changes) }
    await replaceFile(settingsPath(), `${JSON.stringify(settings, null, 2)}\n`)
    return settings
  })
  last = saved.catch(() => {})
  return saved
}
