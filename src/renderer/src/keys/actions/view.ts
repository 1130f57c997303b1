import type { Action, Gesture, KeyScreen } from '../action.ts'

const group = 'View'
const screens: readonly KeyScreen[] = ['tape', 'regions', 'label', 'datasets', 'live']

export const viewActions = {
  'view.pan': {
    title: 'Move the picture (hold, and drag)',
    group,
    screens,
    keys: ['Space'],
    held: true,
  },
  'view.zoomIn': { title: 'Zoom in', group, screens, keys: ['+', '='] },
  'view.zoomOut': { title: 'Zoom out', group, screens, keys: ['-'] },
  'view.fit': { title: 'Show all of the picture', group, screens, keys: ['0'] },
} as const satisfies Record<string, Action>

export const viewGestures: readonly Gesture[] = [
  { title: 'Zoom at the pointer', group, screens, gesture: 'Wheel' },
  { title: 'Move the picture', group, screens, gesture: 'Middle button, two fingers' },
]
