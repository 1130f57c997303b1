/** @file What the engine does for pages, whatever carries the calls. */
import { type AppInfo, contract, type Workbench } from '../shared/contract.ts'
import { createEventHub } from '../shared/rpc.ts'
import type { Service } from '../shared/rpc-serve.ts'
import { createByteHandler } from './bytes/byte-handler.ts'
import type { EngineOptions } from './engine.ts'
import { backupHandlers, type TrashOptions } from './handlers/backups.ts'
import { cameraHandlers } from './handlers/camera.ts'
import { compareHandlers } from './handlers/compare.ts'
import { datasetHandlers } from './handlers/datasets.ts'
import { experimentHandlers } from './handlers/experiments.ts'
import { jobHandlers } from './handlers/jobs.ts'
import { labelHandlers } from './handlers/labels.ts'
import { liveHandlers } from './handlers/live.ts'
import { modelHandlers } from './handlers/models.ts'
import { type NewProjectOptions, projectHandlers } from './handlers/projects.ts'
import { recipeHandlers } from './handlers/recipe.ts'
import { regionHandlers } from './handlers/regions.ts'
import { reviewHandlers } from './handlers/reviews.ts'
import { runHandlers } from './handlers/runs.ts'
import { segmentHandlers } from './handlers/segment.ts'
import { settingsHandlers } from './handlers/settings.ts'
import { stateHandlers } from './handlers/state.ts'
import { tapeHandlers } from './handlers/tapes.ts'
import { type TrainingOptions, trainingHandlers } from './handlers/training.ts'
import { applicationVersion } from './location.ts'
import { OpenProjects } from './workbench/open-projects.ts'
import { Roots } from './workbench/roots.ts'

export interface ServiceOptions
  extends EngineOptions,
    TrashOptions,
    NewProjectOptions,
    TrainingOptions {
  /** Folders below which pages may open files; absent = anywhere. */
  roots?: readonly string[]
  /** How long a project stays open for a page that does not hold it. */
  graceMs?: number
}

export interface WorkbenchService extends Service<Workbench> {
  /** Answers what a page asks for below `/bytes/`. */
  bytes(request: Request): Promise<Response>
  /** Ends jobs, which count as interrupted, and closes every project. */
  close(): Promise<void>
}

export function createService(
  host: AppInfo['host'],
  options: ServiceOptions = {},
): WorkbenchService {
  const events = createEventHub<Workbench>()
  const projects = new OpenProjects(events, { ...options, roots: new Roots(options.roots) })
  return {
    contract,
    events,
    handlers: {
      'app.info': () => ({ version: applicationVersion(), host }),
      ...projectHandlers(projects, options),
      ...backupHandlers(projects, options),
      ...stateHandlers(projects),
      ...tapeHandlers(projects),
      ...cameraHandlers(projects),
      ...recipeHandlers(projects),
      ...regionHandlers(projects),
      ...labelHandlers(projects),
      ...datasetHandlers(projects),
      ...trainingHandlers(projects, options),
      ...experimentHandlers(projects, options),
      ...modelHandlers(projects, options),
      ...runHandlers(projects),
      ...reviewHandlers(projects),
      ...segmentHandlers(projects),
      ...compareHandlers(projects, options),
      ...liveHandlers(projects),
      ...jobHandlers(projects),
      ...settingsHandlers(events, options),
    },
    bytes: createByteHandler(projects),
    close: () => projects.close(),
  }
}
