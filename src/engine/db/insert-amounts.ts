/** @file Keeps how many pixels of each value a mask has. */
import type { Database } from 'better-sqlite3'
import type { ValuePixels } from '../../shared/value-pixels.ts'

/** Keeps what is in the mask that was stored as row `id`. */
export function insertAmounts(db: Database, id: number, amounts: readonly ValuePixels[]): void {
  const statement = db.prepare(
    'INSERT OR IGNORE INTO mask_amount (mask_id, value, pixels) VALUES (?, ?, ?)',
  )
  for (const { index, pixels } of amounts) statement.run(id, index, pixels)
}
