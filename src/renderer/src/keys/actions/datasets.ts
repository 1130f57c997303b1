import type { Action, KeyScreen } from '../action.ts'

const screens: readonly KeyScreen[] = ['datasets']
const pictures = { group: 'Pictures', screens } as const

export const datasetActions = {
  'pictures.next': { title: 'Next picture', ...pictures, keys: ['Right'] },
  'pictures.previous': { title: 'Previous picture', ...pictures, keys: ['Left'] },
  'pictures.below': { title: 'The picture below', ...pictures, keys: ['Down'] },
  'pictures.above': { title: 'The picture above', ...pictures, keys: ['Up'] },
  'pictures.first': { title: 'First picture', ...pictures, keys: ['Home'] },
  'pictures.last': { title: 'Last picture', ...pictures, keys: ['End'] },
  'pictures.open': { title: 'Show the picture large', ...pictures, keys: ['Enter'] },
  'pictures.close': { title: 'Back to all pictures', ...pictures, keys: ['Escape'] },
  'pictures.import': { title: 'Import a set', ...pictures, keys: ['Shift+I'] },
} as const satisfies Record<string, Action>
