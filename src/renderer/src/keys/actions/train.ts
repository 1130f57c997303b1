import type { Action, KeyScreen } from '../action.ts'

const group = 'Train'
const screens: readonly KeyScreen[] = ['train']

export const trainActions = {
  'train.start': { title: 'Fine-tune, or go on', group, screens, keys: ['Ctrl+Enter'] },
  'train.cancel': { title: 'Cancel what is under way', group, screens, keys: ['Shift+Escape'] },
  'train.next': {
    title: 'Next held-out frame',
    group,
    screens,
    keys: ['Right', 'D'],
    cvat: ['Right', 'F'],
  },
  'train.previous': {
    title: 'Previous held-out frame',
    group,
    screens,
    keys: ['Left', 'A'],
    cvat: ['Left', 'D'],
  },
  'train.overlay': { title: 'Hide or show what was found', group, screens, keys: ['H'] },
  'train.run': { title: 'Run the network over the tape', group, screens, keys: ['Shift+R'] },
} as const satisfies Record<string, Action>
