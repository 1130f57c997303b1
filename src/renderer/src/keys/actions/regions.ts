import type { Action, KeyScreen } from '../action.ts'

const group = 'Regions'
const screens: readonly KeyScreen[] = ['regions']

export const regionActions = {
  'region.select': { title: 'Select and move', group, screens, keys: ['S'] },
  'region.polygon': { title: 'Draw a polygon', group, screens, keys: ['P'] },
  'region.rectangle': { title: 'Draw a rectangle', group, screens, keys: ['R'] },
  'region.delete': { title: 'Delete', group, screens, keys: ['Delete'] },
  'region.duplicate': { title: 'Duplicate', group, screens, keys: ['Ctrl+D'] },
  'region.rename': { title: 'Rename', group, screens, keys: ['F2'] },
  'region.lock': { title: 'Lock or unlock', group, screens, keys: ['L'] },
  'region.up': { title: 'Up in the list', group, screens, keys: ['Alt+Up'] },
  'region.down': { title: 'Down in the list', group, screens, keys: ['Alt+Down'] },
  'region.undo': { title: 'Undo', group, screens, keys: ['Ctrl+Z'] },
  'region.redo': { title: 'Redo', group, screens, keys: ['Ctrl+Shift+Z', 'Ctrl+Y'] },
  'region.close': { title: 'Close the shape', group, screens, keys: ['Enter'], drawing: true },
  'region.cancel': { title: 'Give the shape up', group, screens, keys: ['Escape'], drawing: true },
  'region.removePoint': {
    title: 'Take the last point back',
    group,
    screens,
    keys: ['Backspace'],
    drawing: true,
  },
} as const satisfies Record<string, Action>
