import type { Action, KeyScreen } from '../action.ts'

const group = 'Frames'
const screens: readonly KeyScreen[] = ['tape', 'regions', 'label']

/** `frame.*` move the frame cursor and are handled once, for all screens. */
export const frameActions = {
  'frame.next': { title: 'Next frame', group, screens, keys: ['Right', 'D'], cvat: ['Right', 'F'] },
  'frame.previous': {
    title: 'Previous frame',
    group,
    screens,
    keys: ['Left', 'A'],
    cvat: ['Left', 'D'],
  },
  'frame.forward': {
    title: '10 frames on',
    group,
    screens,
    keys: ['Shift+Right', 'Shift+D'],
    cvat: ['Shift+Right', 'V'],
  },
  'frame.back': {
    title: '10 frames back',
    group,
    screens,
    keys: ['Shift+Left', 'Shift+A'],
    cvat: ['Shift+Left', 'C'],
  },
  'frame.nextLabelled': {
    title: 'Next labelled frame',
    group,
    screens,
    keys: ['Ctrl+Right'],
  },
  'frame.previousLabelled': {
    title: 'Previous labelled frame',
    group,
    screens,
    keys: ['Ctrl+Left'],
  },
  'frame.first': { title: 'First frame', group, screens, keys: ['Home'] },
  'frame.last': { title: 'Last frame', group, screens, keys: ['End'] },
} as const satisfies Record<string, Action>
