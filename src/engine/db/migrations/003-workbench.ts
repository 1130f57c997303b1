/** @file What the workbench keeps: strokes on their way into masks, flags, the order of regions. */
import type { Database } from 'better-sqlite3'

const workbench = `
-- Rectangles of a mask as they are after a stroke, in the order in which they were painted, until they
-- are folded into a version of it. A page numbers its strokes, so that one that is sent twice counts once.
CREATE TABLE stroke (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source,
  frame INTEGER NOT NULL,
  session TEXT NOT NULL,
  number INTEGER NOT NULL,
  -- Of the whole mask, in the pixels of the recipe with this hash.
  mask_width INTEGER NOT NULL,
  mask_height INTEGER NOT NULL,
  geometry_hash TEXT NOT NULL,
  x INTEGER NOT NULL,
  y INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  -- Class indices row by row, deflated.
  pixels BLOB NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (session, number)
) STRICT;
CREATE INDEX stroke_by_frame ON stroke (source_id, frame, id);

-- The highest number of each page that was folded: what comes again later is known.
CREATE TABLE stroke_session (
  session TEXT PRIMARY KEY,
  folded INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Frames that the user wants to come back to.
CREATE TABLE frame_flag (
  source_id INTEGER NOT NULL REFERENCES source,
  frame INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (source_id, frame)
) STRICT, WITHOUT ROWID;

ALTER TABLE region ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE region ADD COLUMN locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1));
UPDATE region SET position = id;

ALTER TABLE job ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0 CHECK (dismissed IN (0, 1));`

export default function addWorkbench(db: Database): void {
  db.exec(workbench)
}
