/**
 * @file The first schema. Times are ISO 8601; numbers in blobs are little-endian.
 *
 * A frame is (source_id, frame) everywhere: `frame` counts in the order in which the decoder gives
 * frames, from 0. Ids that name files or that people write into scripts are never used again
 * (AUTOINCREMENT).
 */
import type { Database } from 'better-sqlite3'

const sources = `
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('tape', 'images', 'live')),
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  -- Of the bytes of the file; a live source has none.
  sha256 TEXT UNIQUE CHECK (sha256 IS NOT NULL OR kind = 'live'),
  -- Wall-clock time of frame 0, where the user gave it.
  start_time TEXT,
  info TEXT NOT NULL CHECK (json_valid(info)),
  frames INTEGER NOT NULL,
  -- What a truncated or damaged tape lacks, in a sentence.
  problem TEXT,
  added_at TEXT NOT NULL
) STRICT;

CREATE TABLE frame_index (
  source_id INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,
  -- float64 a frame, in units of the source's time base
  pts BLOB NOT NULL,
  -- uint32 a frame
  checksums BLOB NOT NULL,
  -- uint32 frame numbers
  seek_points BLOB NOT NULL,
  -- Names of the files of an image folder, in frame order.
  files TEXT NOT NULL CHECK (json_valid(files))
) STRICT;`

const geometry = `
-- The recipe in use is the one with the highest id.
CREATE TABLE recipe (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  geometry_hash TEXT NOT NULL,
  json TEXT NOT NULL CHECK (json_valid(json)),
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX recipe_by_hash ON recipe (geometry_hash);

CREATE TABLE region (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('count', 'ignore')),
  group_name TEXT,
  colour TEXT,
  threshold REAL,
  created_at TEXT NOT NULL,
  deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX region_by_name ON region (name) WHERE deleted_at IS NULL;

-- Points as drawn, in the pixels of the recipe with this hash; the highest id of a region counts.
CREATE TABLE region_revision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  region_id INTEGER NOT NULL REFERENCES region,
  points TEXT NOT NULL CHECK (json_valid(points)),
  geometry_hash TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX region_revision_by_region ON region_revision (region_id, id);`

const labels = `
-- 255 is "ignore" in every mask and never a class.
CREATE TABLE class (
  class_index INTEGER PRIMARY KEY CHECK (class_index BETWEEN 0 AND 254),
  name TEXT NOT NULL UNIQUE,
  colour TEXT NOT NULL
) STRICT;

-- Versions are never changed. The highest version of a frame is its label; one without pixels says
-- that the label was deleted.
CREATE TABLE mask (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source,
  frame INTEGER NOT NULL,
  version INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  geometry_hash TEXT,
  -- Of width, height and pixels, see packMask.
  sha256 TEXT,
  -- Class indices row by row, deflated.
  pixels BLOB,
  created_at TEXT NOT NULL,
  UNIQUE (source_id, frame, version),
  CHECK ((pixels IS NULL) = (sha256 IS NULL) AND (pixels IS NULL) = (width IS NULL)
    AND (pixels IS NULL) = (height IS NULL) AND (pixels IS NULL) = (geometry_hash IS NULL))
) STRICT;

-- What a reviewer says about a frame and a region.
CREATE TABLE review (
  source_id INTEGER NOT NULL REFERENCES source,
  frame INTEGER NOT NULL,
  region_id INTEGER NOT NULL REFERENCES region,
  occupied INTEGER NOT NULL CHECK (occupied IN (0, 1)),
  at TEXT NOT NULL,
  PRIMARY KEY (source_id, frame, region_id)
) STRICT, WITHOUT ROWID;`

const runs = `
CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source,
  geometry_hash TEXT NOT NULL,
  model_id TEXT NOT NULL,
  model_sha256 TEXT NOT NULL,
  input_width INTEGER NOT NULL,
  input_height INTEGER NOT NULL,
  device TEXT NOT NULL,
  -- Canonical text of the frame list.
  frame_list TEXT NOT NULL,
  frames INTEGER NOT NULL,
  -- Positions of the list that are stored, from the first; a resumed run begins here.
  done INTEGER NOT NULL DEFAULT 0 CHECK (done BETWEEN 0 AND frames),
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  seconds REAL NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;
CREATE INDEX run_by_identity
  ON run (source_id, geometry_hash, model_sha256, input_width, input_height, frame_list);

-- The pixels that a score sums over: a polygon less the ignore polygons, in a picture of a size.
-- Renaming a region keeps its shape, editing it or an ignore region gives it another.
CREATE TABLE shape (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  json TEXT NOT NULL CHECK (json_valid(json))
) STRICT;

CREATE TABLE run_shape (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  shape_id INTEGER NOT NULL REFERENCES shape,
  -- Order of the shapes within the run.
  ordinal INTEGER NOT NULL,
  -- 1 = from the stored probability maps, 0 = from the network's answer itself.
  approximate INTEGER NOT NULL CHECK (approximate IN (0, 1)),
  -- Positions that have scores, from the first.
  scored INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, shape_id),
  UNIQUE (run_id, ordinal)
) STRICT, WITHOUT ROWID;

-- float64 a frame: sum of the person probability over the shape's pixels with p >= cut / 20.
-- The key keeps the blocks of one cut together: a recount reads a twentieth of the data.
CREATE TABLE score (
  run_id INTEGER NOT NULL,
  shape_id INTEGER NOT NULL,
  cut INTEGER NOT NULL CHECK (cut BETWEEN 0 AND 19),
  block INTEGER NOT NULL,
  sums BLOB NOT NULL,
  PRIMARY KEY (run_id, shape_id, cut, block),
  FOREIGN KEY (run_id, shape_id) REFERENCES run_shape ON DELETE CASCADE
) STRICT, WITHOUT ROWID;`

const jobs = `
CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  arguments TEXT NOT NULL CHECK (json_valid(arguments)),
  state TEXT NOT NULL
    CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
  stage TEXT NOT NULL DEFAULT '',
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  error TEXT CHECK (json_valid(error)),
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT
) STRICT;`

export default function initial(db: Database): void {
  db.exec([sources, geometry, labels, runs, jobs].join('\n'))
}
