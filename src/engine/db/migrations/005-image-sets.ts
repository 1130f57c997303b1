/** @file Sets of pictures with what is marked in them, beside tapes. */
import type { Database } from 'better-sqlite3'

const imageSets = `
-- A source with a row here is a set of pictures and no tape. Its frames are its images by position; the
-- labels of its images are in the table of masks, in pixels of the picture.
CREATE TABLE image_set (
  source_id INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  -- 0 while it is being imported: nobody sees it, and the next opening for writing removes it.
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  -- Where the project keeps pictures of it that have no other place, relative to the project.
  pictures TEXT NOT NULL,
  -- The project's classes before the import and after it, for undoing it.
  classes_before TEXT NOT NULL CHECK (json_valid(classes_before)),
  classes_after TEXT NOT NULL CHECK (json_valid(classes_after)),
  -- What could not be taken, and why.
  problems TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(problems))
) STRICT;

CREATE TABLE image (
  source_id INTEGER NOT NULL REFERENCES image_set ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  -- Relative to the project where the picture is kept in it; null where the set came without it.
  path TEXT,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  size_bytes INTEGER,
  -- Of the bytes of the file.
  sha256 TEXT,
  split TEXT,
  scene TEXT,
  annotated INTEGER NOT NULL CHECK (annotated IN (0, 1)),
  -- 16x16 greys, to tell neighbours that look the same; made when it is first needed.
  thumbnail BLOB,
  PRIMARY KEY (source_id, position),
  UNIQUE (source_id, name)
) STRICT, WITHOUT ROWID;

-- Things as they were imported, in the order in which they are drawn.
CREATE TABLE image_object (
  source_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  class_index INTEGER NOT NULL CHECK (class_index BETWEEN 0 AND 254),
  x INTEGER NOT NULL,
  y INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  -- uint32 run lengths of the rectangle row by row: pixels that are not the thing's, that are, …
  runs BLOB NOT NULL,
  box TEXT CHECK (json_valid(box)),
  outline TEXT CHECK (json_valid(outline)),
  box_only INTEGER NOT NULL CHECK (box_only IN (0, 1)),
  crowd INTEGER NOT NULL CHECK (crowd IN (0, 1)),
  track INTEGER,
  PRIMARY KEY (source_id, position, ordinal),
  FOREIGN KEY (source_id, position) REFERENCES image ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE class_parent (
  class_index INTEGER PRIMARY KEY,
  parent TEXT NOT NULL
) STRICT;`

export default function addImageSets(db: Database): void {
  db.exec(imageSets)
}
