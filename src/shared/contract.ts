/** @file The contract between a page and the engine. Every type that crosses is inferred here. */
import { z } from 'zod'
import { cameraMethods } from './contract/camera.ts'
import { compareMethods } from './contract/compare.ts'
import { datasetMethods } from './contract/datasets.ts'
import { experimentEvents, experimentMethods } from './contract/experiments.ts'
import { jobEvents, jobMethods } from './contract/jobs.ts'
import { labelMethods } from './contract/labels.ts'
import { liveEvents, liveMethods } from './contract/live.ts'
import { modelMethods } from './contract/models.ts'
import { projectEvents, projectMethods } from './contract/projects.ts'
import { reviewMethods } from './contract/reviews.ts'
import { runMethods } from './contract/runs.ts'
import { segmentMethods } from './contract/segment.ts'
import { settingsEvents, settingsMethods } from './contract/settings.ts'
import { stateMethods } from './contract/state.ts'
import { tapeMethods } from './contract/tapes.ts'
import { trainingEvents, trainingMethods } from './contract/training.ts'
import type { Contract } from './rpc.ts'

export const appInfoSchema = z.object({
  version: z.string(),
  /** Where the page is shown: in the desktop shell, or in a browser on a served engine. */
  host: z.enum(['desktop', 'browser']),
})

export const contract = {
  methods: {
    'app.info': { args: z.strictObject({}), result: appInfoSchema },
    ...projectMethods,
    ...stateMethods,
    ...tapeMethods,
    ...cameraMethods,
    ...labelMethods,
    ...datasetMethods,
    ...trainingMethods,
    ...experimentMethods,
    ...modelMethods,
    ...runMethods,
    ...reviewMethods,
    ...segmentMethods,
    ...compareMethods,
    ...liveMethods,
    ...jobMethods,
    ...settingsMethods,
  },
  events: {
    ...projectEvents,
    ...jobEvents,
    ...settingsEvents,
    ...trainingEvents,
    ...experimentEvents,
    ...liveEvents,
  },
} as const satisfies Contract

export type AppInfo = z.infer<typeof appInfoSchema>
export type { ListedProject } from './contract/projects.ts'
export type Workbench = typeof contract
