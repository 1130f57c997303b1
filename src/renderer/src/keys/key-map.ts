/** @file Which keys do what: the preset's, and the user's own in their place. */
import type { UserSettings } from '../../../shared/contract/settings.ts'
import type { Action } from './action.ts'
import { type ActionName, actionNames, actions } from './actions.ts'

export type KeySettings = Pick<UserSettings, 'keyPreset' | 'keys'>

export const defaultKeySettings: KeySettings = { keyPreset: 'maskbench', keys: {} }

export function presetKeys(name: ActionName, preset: UserSettings['keyPreset']): readonly string[] {
  const { keys, cvat } = actions[name]
  return preset === 'cvat' ? (cvat ?? keys) : keys
}

export function keysOf(name: ActionName, settings: KeySettings): readonly string[] {
  return settings.keys[name] ?? presetKeys(name, settings.keyPreset)
}

function meet(a: Action, b: Action): boolean {
  if (a.drawing !== b.drawing) return false
  const { screens } = b
  return !a.screens || !screens || a.screens.some((screen) => screens.includes(screen))
}

/** Other actions that a key already does where this one would be done by it. */
export function conflictsOf(name: ActionName, chord: string, settings: KeySettings): ActionName[] {
  return actionNames.filter(
    (other) =>
      other !== name &&
      meet(actions[name], actions[other]) &&
      keysOf(other, settings).includes(chord),
  )
}

/** Actions by the chord that does them. */
export function actionsByChord(settings: KeySettings): Map<string, ActionName[]> {
  const found = new Map<string, ActionName[]>()
  for (const name of actionNames)
    for (const chord of keysOf(name, settings))
      found.set(chord, [...(found.get(chord) ?? []), name])
  return found
}
