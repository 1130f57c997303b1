/**
 * @file Trainings: what was learnt from, their curves, and how the networks did on frames that were
 * held out. All but `state` and what follows it is fixed when a training starts.
 */
import type { Database } from 'better-sqlite3'

const training = `
CREATE TABLE training (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- The job that worked on it last.
  job_id INTEGER REFERENCES job,
  -- Of the network that it makes.
  model_id TEXT NOT NULL UNIQUE,
  base_id TEXT NOT NULL,
  base_sha256 TEXT NOT NULL,
  geometry_hash TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  -- Labelled frames with the hashes of their masks, held-out frames, classes.
  plan TEXT NOT NULL CHECK (json_valid(plan)),
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  device TEXT,
  -- Whether the network became the project's active one; null until the training is done.
  adopted INTEGER CHECK (adopted IN (0, 1)),
  created_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;

-- A part that was trained to its end.
CREATE TABLE training_part (
  training_id INTEGER NOT NULL REFERENCES training ON DELETE CASCADE,
  part TEXT NOT NULL,
  summary TEXT NOT NULL CHECK (json_valid(summary)),
  PRIMARY KEY (training_id, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE training_step (
  training_id INTEGER NOT NULL REFERENCES training ON DELETE CASCADE,
  part TEXT NOT NULL,
  -- From 1.
  iteration INTEGER NOT NULL,
  loss REAL NOT NULL,
  learning_rate REAL NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (training_id, part, iteration)
) STRICT, WITHOUT ROWID;

-- A network on the frames that were held out.
CREATE TABLE training_score (
  training_id INTEGER NOT NULL REFERENCES training ON DELETE CASCADE,
  -- 'base', or the part that trained it.
  network TEXT NOT NULL,
  person_iou REAL NOT NULL,
  loss REAL NOT NULL,
  frames TEXT NOT NULL CHECK (json_valid(frames)),
  PRIMARY KEY (training_id, network)
) STRICT, WITHOUT ROWID;`

export default function addTraining(db: Database): void {
  db.exec(training)
}
