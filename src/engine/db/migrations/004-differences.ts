/** @file How much of each region differs from the tape's background, frame by frame. */
import type { Database } from 'better-sqlite3'

const differences = `
-- float64 a frame: the shape's pixels that differ from the background; NaN = nobody has looked. Runs
-- that were made before have none.
CREATE TABLE difference (
  run_id INTEGER NOT NULL,
  shape_id INTEGER NOT NULL,
  block INTEGER NOT NULL,
  pixels BLOB NOT NULL,
  PRIMARY KEY (run_id, shape_id, block),
  FOREIGN KEY (run_id, shape_id) REFERENCES run_shape ON DELETE CASCADE
) STRICT, WITHOUT ROWID;`

export default function addDifferences(db: Database): void {
  db.exec(differences)
}
