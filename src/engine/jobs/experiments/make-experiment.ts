/** @file Makes, changes and removes experiments. */
import { rm } from 'node:fs/promises'
import { AppError } from '../../../shared/errors.ts'
import type { ExperimentSettings } from '../../../shared/experiment.ts'
import { listCheckpoints } from '../../db/experiment-results.ts'
import {
  addExperiment,
  getExperiment,
  removeExperiment,
  updateExperiment,
} from '../../db/experiments.ts'
import type { Engine } from '../../engine.ts'
import { trashModel } from '../change-models.ts'
import { findModel } from '../networks.ts'
import { choosePictures } from './choose-pictures.ts'
import { experimentFolder } from './experiment-folders.ts'
import { planExperiment } from './plan-experiment.ts'

/** Checks settings as far as that is possible: what they go on from may not be trained yet. */
async function check(engine: Engine, settings: ExperimentSettings): Promise<void> {
  const { network } = settings
  const isLater =
    network.kind === 'experiment' &&
    getExperiment(engine.project, network.experiment).state !== 'done'
  if (isLater) choosePictures(engine.project, settings.data)
  else await planExperiment(engine, settings)
}

/** Stores an experiment that is in no queue, and returns its id. Throws what `planExperiment` throws. */
export async function makeExperiment(
  engine: Engine,
  settings: ExperimentSettings,
): Promise<number> {
  await check(engine, settings)
  return addExperiment(engine.project, settings)
}

/** Changes one that has not begun. Throws `experiment-under-way`, and what `planExperiment` throws. */
export async function changeExperiment(
  engine: Engine,
  id: number,
  settings: ExperimentSettings,
): Promise<void> {
  if (getExperiment(engine.project, id).plan)
    throw new AppError(
      'experiment-under-way',
      `experiment ${id} has begun, and its settings are what its curves belong to`,
      'Make another one.',
    )
  await check(engine, settings)
  updateExperiment(engine.project, id, settings)
}

/**
 * Removes an experiment; networks that it kept go into the trash unless they are to stay.
 * @throws AppError `no-such-experiment`, `experiment-under-way`, what `trash` throws
 */
export async function discardExperiment(
  engine: Engine,
  id: number,
  trash: ((path: string) => Promise<void>) | null,
): Promise<void> {
  const { project } = engine
  if (getExperiment(project, id).state === 'running')
    throw new AppError('experiment-under-way', `experiment ${id} is under way`, 'Cancel it first.')
  if (trash)
    for (const { model } of listCheckpoints(project, id))
      if (await findModel(engine, model)) await trashModel(engine, model, trash)
  removeExperiment(project, id)
  await rm(experimentFolder(project, id), { recursive: true, force: true })
}
