/** @file What the user chose for all projects on this machine. */
import { z } from 'zod'

export const userSettingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  keyPreset: z.enum(['maskbench', 'cvat']),
  /** Keys by the action's name, where they are not the preset's; an empty list = no key. */
  keys: z.record(z.string(), z.array(z.string())),
  /** A device's name, or 'auto'. */
  device: z.string(),
  /** Processor threads; null = one per core. */
  threads: z.int().min(1).max(256).nullable(),
  /** MB of pictures that a project may keep in its cache. */
  cacheMegabytes: z.int().min(50).max(1_000_000),
  /** Whether a pen's pressure sets the brush's size. */
  penPressure: z.boolean(),
})

/** Apart from the schema: a part of the settings is a part, and not the rest at its defaults. */
export const defaultUserSettings: Readonly<z.output<typeof userSettingsSchema>> = {
  theme: 'system',
  keyPreset: 'maskbench',
  keys: {},
  device: 'auto',
  threads: null,
  cacheMegabytes: 2000,
  penPressure: false,
}

export const deviceSchema = z.object({
  name: z.string(),
  title: z.string(),
  available: z.boolean(),
  reason: z.string(),
})

export const settingsMethods = {
  'settings.get': { args: z.strictObject({}), result: userSettingsSchema },
  /** Stores what is given and leaves the rest; returns all. */
  'settings.set': { args: userSettingsSchema.partial(), result: userSettingsSchema },
  'devices.list': { args: z.strictObject({}), result: z.array(deviceSchema) },
} as const

export const settingsEvents = { 'settings.changed': userSettingsSchema } as const

export type UserSettings = z.infer<typeof userSettingsSchema>
export type DeviceInfo = z.infer<typeof deviceSchema>
