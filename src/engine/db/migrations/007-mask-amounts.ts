/** @file How many pixels of each value masks have, so that nobody unpacks them to find a class. */
import type { Database } from 'better-sqlite3'

const maskAmounts = `
-- A mask with pixels has at least one row; one that was stored before this table gets its rows when
-- they are first needed.
CREATE TABLE mask_amount (
  mask_id INTEGER NOT NULL REFERENCES mask ON DELETE CASCADE,
  value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 255),
  pixels INTEGER NOT NULL CHECK (pixels > 0),
  PRIMARY KEY (mask_id, value)
) STRICT, WITHOUT ROWID;`

export default function addMaskAmounts(db: Database): void {
  db.exec(maskAmounts)
}
