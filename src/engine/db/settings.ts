/** @file What the user chose for the project as a whole. */
import { z } from 'zod'
import { defaultShifts, shiftsSchema } from '../../shared/count/periods.ts'
import { countRuleSchema } from '../../shared/count/rule.ts'
import { type Project, write } from './handle.ts'
import { all, checkStored, json } from './rows.ts'

/** Every setting with its default; null stands for "not chosen". */
const settingsSchema = z.object({
  /** Id of the network that `infer` and `count` use. */
  activeModel: z.string().nullable().default(null),
  /** How frames are counted; null = the default rule for the recipe's size. */
  countRule: countRuleSchema.nullable().default(null),
  /** Person pixels that make a region truly occupied in a mask; null = the threshold. */
  truthPixels: z.number().min(0).nullable().default(null),
  /** Folder of the project whose camera this is, where recipe and regions come from it. */
  likeProject: z.string().nullable().default(null),
  /** SHA-256 of tapes whose camera has moved, where the user has said what to do about it. */
  settledCameras: z.array(z.string()).default([]),
  /** Times of day at which shifts begin. */
  shifts: shiftsSchema.default([...defaultShifts]),
})

export type Settings = z.output<typeof settingsSchema>

const row = z.object({ key: z.string(), value: json(z.unknown()) })

export function loadSettings(project: Project): Settings {
  const rows = all(project.db, row, 'SELECT key, value FROM setting')
  const stored = Object.fromEntries(rows.map(({ key, value }) => [key, value]))
  return checkStored(project.db, settingsSchema, stored)
}

/** Stores the settings given and leaves the others as they are. */
export function saveSettings(project: Project, changes: Partial<Settings>): void {
  const checked = settingsSchema.partial().parse(changes)
  write(project, (db) => {
    const insert = db.prepare(
      'INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    )
    for (const [key, value] of Object.entries(checked))
      if (key in changes) insert.run(key, JSON.stringify(value))
  })
}
