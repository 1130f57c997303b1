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
  'region.deselect': { title: 'Select nothing', group, screens, keys: ['Escape'] },
  'region.left': {
    title: 'Move what is selected to the left',
    group,
    screens,
    keys: ['Left'],
    drawing: true,
  },
  'region.farLeft': {
    title: 'Move it 10 pixels to the left',
    group,
    screens,
    keys: ['Shift+Left'],
    drawing: true,
  },
  'region.right': {
    title: 'Move what is selected to the right',
    group,
    screens,
    keys: ['Right'],
    drawing: true,
  },
  'region.farRight': {
    title: 'Move it 10 pixels to the right',
    group,
    screens,
    keys: ['Shift+Right'],
    drawing: true,
  },
  'region.above': {
    title: 'Move what is selected up',
    group,
    screens,
    keys: ['Up'],
    drawing: true,
  },
  'region.farAbove': {
    title: 'Move it 10 pixels up',
    group,
    screens,
    keys: ['Shift+Up'],
    drawing: true,
  },
  'region.below': {
    title: 'Move what is selected down',
    group,
    screens,
    keys: ['Down'],
    drawing: true,
  },
  'region.farBelow': {
    title: 'Move it 10 pixels down',
    group,
    screens,
    keys: ['Shift+Down'],
    drawing: true,
  },
} as const satisfies Record<string, Action>
