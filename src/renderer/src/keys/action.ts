/** @file What an action is: something the user can do by a key, on some of the screens. */

/** Screens that have keys of their own; an action without screens is there on all of them. */
export type KeyScreen =
  | 'tape'
  | 'regions'
  | 'label'
  | 'datasets'
  | 'experiments'
  | 'train'
  | 'review'
  | 'live'

export interface Action {
  /** As the list of keys shows it: what happens. */
  title: string
  group: ActionGroup
  screens?: readonly KeyScreen[]
  /** Chords as `chordOf` writes them; see ./chord.ts. */
  keys: readonly string[]
  /** Its keys in the preset for those who come from CVAT, where they are others. */
  cvat?: readonly string[]
  /** It lasts while the key is held. */
  held?: true
  /** It is there while something is being drawn, and then wins over others of the same key. */
  drawing?: true
}

export const actionGroups = [
  'Everywhere',
  'Frames',
  'View',
  'Tools',
  'Painting',
  'Label',
  'Pictures',
  'Experiments',
  'Tape',
  'Regions',
  'Train',
  'Review',
  'Timelines',
  'Live',
] as const

export type ActionGroup = (typeof actionGroups)[number]

/** Something done with pointer and wheel; it is shown beside the keys and cannot be changed. */
export interface Gesture {
  title: string
  group: ActionGroup
  screens: readonly KeyScreen[]
  gesture: string
}
