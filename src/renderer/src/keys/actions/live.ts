import type { Action } from '../action.ts'

export const liveActions = {
  'live.record': {
    title: 'Start or end a recording',
    group: 'Live',
    screens: ['live'],
    keys: ['Shift+R'],
  },
} as const satisfies Record<string, Action>
