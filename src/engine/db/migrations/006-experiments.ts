/** @file Experiments: what each is, its curves by seed, and the queue they wait in. */
import type { Database } from 'better-sqlite3'

const experiments = `
CREATE TABLE experiment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  state TEXT NOT NULL CHECK (state IN
    ('draft', 'queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
  -- The order of the queue; null = not in it. One that is under way keeps its place until its end.
  place REAL,
  -- The job that worked on it last.
  job_id INTEGER REFERENCES job,
  -- Pictures with the hashes of their masks, classes, the network it starts from; fixed at its start.
  plan TEXT CHECK (json_valid(plan)),
  error TEXT CHECK (json_valid(error)),
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT
) STRICT;

-- The experiment with one of its seeds.
CREATE TABLE experiment_run (
  experiment_id INTEGER NOT NULL REFERENCES experiment ON DELETE CASCADE,
  seed INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  device TEXT,
  -- Numbers that are trained in its largest stage.
  parameters INTEGER,
  memory_bytes INTEGER,
  PRIMARY KEY (experiment_id, seed)
) STRICT, WITHOUT ROWID;

CREATE TABLE experiment_epoch (
  experiment_id INTEGER NOT NULL REFERENCES experiment ON DELETE CASCADE,
  seed INTEGER NOT NULL,
  -- From 0, and in it from 1.
  stage INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  train_loss REAL NOT NULL,
  validation_loss REAL NOT NULL,
  mean_iou REAL,
  mean_dice REAL,
  pixel_accuracy REAL,
  -- Lists in the order of the classes.
  class_iou TEXT NOT NULL CHECK (json_valid(class_iou)),
  class_dice TEXT NOT NULL CHECK (json_valid(class_dice)),
  learning_rate REAL NOT NULL,
  -- Of training, and of validation.
  seconds REAL NOT NULL,
  validation_seconds REAL NOT NULL,
  PRIMARY KEY (experiment_id, seed, stage, epoch)
) STRICT, WITHOUT ROWID;

-- Networks that the checkpoint rule kept.
CREATE TABLE experiment_checkpoint (
  experiment_id INTEGER NOT NULL REFERENCES experiment ON DELETE CASCADE,
  seed INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('best', 'last', 'every')),
  stage INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  model_id TEXT NOT NULL UNIQUE,
  PRIMARY KEY (experiment_id, seed, kind, stage, epoch)
) STRICT, WITHOUT ROWID;`

export default function addExperiments(db: Database): void {
  db.exec(experiments)
}
