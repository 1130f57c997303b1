import type { Action, KeyScreen } from '../action.ts'

const screens: readonly KeyScreen[] = ['experiments']
const experiments = { group: 'Experiments', screens } as const

export const experimentActions = {
  'experiments.new': { title: 'New experiment', ...experiments, keys: ['Shift+N'] },
  'experiments.cancel': { title: 'Cancel what runs', ...experiments, keys: ['Shift+Escape'] },
  'experiments.next': { title: 'An earlier experiment', ...experiments, keys: ['Down'] },
  'experiments.previous': { title: 'A later experiment', ...experiments, keys: ['Up'] },
  'experiments.draw': {
    title: 'Draw the curves of the experiment, or not',
    ...experiments,
    keys: ['C'],
  },
} as const satisfies Record<string, Action>
