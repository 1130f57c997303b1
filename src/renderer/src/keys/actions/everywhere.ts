import type { Action } from '../action.ts'

export const everywhereActions = {
  'keys.show': { title: 'Show the keys of this screen', group: 'Everywhere', keys: ['?'] },
  'go.tape': { title: 'Go to Tape', group: 'Everywhere', keys: ['Shift+1'] },
  'go.regions': { title: 'Go to Regions', group: 'Everywhere', keys: ['Shift+2'] },
  'go.label': { title: 'Go to Label', group: 'Everywhere', keys: ['Shift+3'] },
  'go.train': { title: 'Go to Train', group: 'Everywhere', keys: ['Shift+4'] },
  'go.review': { title: 'Go to Review', group: 'Everywhere', keys: ['Shift+5'] },
  'go.live': { title: 'Go to Live', group: 'Everywhere', keys: ['Shift+6'] },
  'go.datasets': { title: 'Go to Datasets', group: 'Everywhere', keys: ['Shift+7'] },
  'go.experiments': { title: 'Go to Experiments', group: 'Everywhere', keys: ['Shift+8'] },
  'go.projects': { title: 'Go to the list of projects', group: 'Everywhere', keys: ['Shift+0'] },
  'go.settings': { title: 'Open the settings', group: 'Everywhere', keys: ['Ctrl+,'] },
  'jobs.show': { title: 'Show or hide the jobs', group: 'Everywhere', keys: ['J'] },
} as const satisfies Record<string, Action>
