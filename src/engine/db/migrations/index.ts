/** @file Every schema there has been, in order; a migration that was released is never edited. */
import type { Database } from 'better-sqlite3'
import initial from './001-initial.ts'
import addTraining from './002-training.ts'
import addWorkbench from './003-workbench.ts'
import addDifferences from './004-differences.ts'
import addImageSets from './005-image-sets.ts'
import addExperiments from './006-experiments.ts'
import addMaskAmounts from './007-mask-amounts.ts'

/** Changes the schema from the version before; runs in a transaction. */
export type Migration = (db: Database) => void

export const migrations: readonly Migration[] = [
  initial,
  addTraining,
  addWorkbench,
  addDifferences,
  addImageSets,
  addExperiments,
  addMaskAmounts,
]
