import type { Action, KeyScreen } from '../action.ts'

const group = 'Tape'
const screens: readonly KeyScreen[] = ['tape']

export const tapeActions = {
  'tape.play': { title: 'Play or pause', group, screens, keys: ['K'] },
  'tape.grid': { title: 'Show or hide the grid', group, screens, keys: ['G'] },
  'tape.guess': { title: 'Guess the lens circle', group, screens, keys: ['Shift+G'] },
  'tape.undo': { title: 'Undo', group, screens, keys: ['Ctrl+Z'] },
  'tape.redo': { title: 'Redo', group, screens, keys: ['Ctrl+Shift+Z', 'Ctrl+Y'] },
} as const satisfies Record<string, Action>
