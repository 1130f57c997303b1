/** @file Every action that a key can do. Whoever needs another adds a row to its screen's table. */
import type { Action, Gesture } from './action.ts'
import { datasetActions } from './actions/datasets.ts'
import { everywhereActions } from './actions/everywhere.ts'
import { experimentActions } from './actions/experiments.ts'
import { frameActions } from './actions/frames.ts'
import { labelActions, labelGestures } from './actions/label.ts'
import { liveActions } from './actions/live.ts'
import { regionActions } from './actions/regions.ts'
import { reviewActions, reviewGestures } from './actions/review.ts'
import { tapeActions } from './actions/tape.ts'
import { trainActions } from './actions/train.ts'
import { viewActions, viewGestures } from './actions/view.ts'

const table = {
  ...everywhereActions,
  ...frameActions,
  ...viewActions,
  ...labelActions,
  ...datasetActions,
  ...experimentActions,
  ...tapeActions,
  ...regionActions,
  ...trainActions,
  ...reviewActions,
  ...liveActions,
} as const

export type ActionName = keyof typeof table

export const actions: Readonly<Record<ActionName, Action>> = table

export const gestures: readonly Gesture[] = [...viewGestures, ...labelGestures, ...reviewGestures]

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(table, name)
}

/** In the order in which lists show them. */
export const actionNames: readonly ActionName[] = Object.keys(table).filter(isActionName)
