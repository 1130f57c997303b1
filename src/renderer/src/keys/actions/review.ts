import type { Action, Gesture, KeyScreen } from '../action.ts'

const screens: readonly KeyScreen[] = ['review']
const review = { group: 'Review', screens } as const
const timelines = { group: 'Timelines', screens } as const

export const reviewActions = {
  'review.occupied': { title: 'Somebody is there', ...review, keys: ['Y'] },
  'review.empty': { title: 'Nobody is there', ...review, keys: ['N'] },
  'review.confirm': { title: 'Reviewed: it is as counted', ...review, keys: ['R'] },
  'review.wrong': { title: 'Wrong mask: flag the frame and paint it', ...review, keys: ['E'] },
  'review.next': { title: 'Next in the list', ...review, keys: ['Right'] },
  'review.previous': { title: 'Previous in the list', ...review, keys: ['Left'] },
  'review.extendNext': { title: 'Choose the next one, too', ...review, keys: ['Shift+Right'] },
  'review.extendPrevious': {
    title: 'Choose the previous one, too',
    ...review,
    keys: ['Shift+Left'],
  },
  'review.all': { title: 'Choose all of the list', ...review, keys: ['Ctrl+A'] },
  'review.fewer': { title: 'Choose one again, then none', ...review, keys: ['Escape'] },
  'review.undo': { title: 'Undo the last answer', ...review, keys: ['Ctrl+Z'] },
  'review.redo': { title: 'Redo it', ...review, keys: ['Ctrl+Shift+Z', 'Ctrl+Y'] },
  'review.hideMask': { title: 'Hide or show what the network sees', ...review, keys: ['H'] },
  'review.nextRegion': { title: 'Next region', ...timelines, keys: ['Down'] },
  'review.previousRegion': { title: 'Previous region', ...timelines, keys: ['Up'] },
  'review.frameOn': { title: 'Next frame', ...timelines, keys: ['.'] },
  'review.frameBack': { title: 'Previous frame', ...timelines, keys: [','] },
  'review.framesOn': { title: '10 frames on', ...timelines, keys: ['Shift+.'] },
  'review.framesBack': { title: '10 frames back', ...timelines, keys: ['Shift+,'] },
  'review.first': { title: 'First frame', ...timelines, keys: ['Home'] },
  'review.last': { title: 'Last frame', ...timelines, keys: ['End'] },
  'review.zoomIn': { title: 'Closer in time', ...timelines, keys: ['+', '='] },
  'review.zoomOut': { title: 'Farther in time', ...timelines, keys: ['-'] },
  'review.fit': { title: 'Show all of the tape', ...timelines, keys: ['0'] },
  'review.panOn': { title: 'Later part of the tape', ...timelines, keys: ['Ctrl+Right'] },
  'review.panBack': { title: 'Earlier part of the tape', ...timelines, keys: ['Ctrl+Left'] },
  'review.raise': { title: 'Higher threshold', ...timelines, keys: ['Shift+Up'] },
  'review.lower': { title: 'Lower threshold', ...timelines, keys: ['Shift+Down'] },
} as const satisfies Record<string, Action>

export const reviewGestures: readonly Gesture[] = [
  { title: 'Choose several', ...review, gesture: 'Ctrl + click, Shift + click' },
  { title: 'Closer or farther at the pointer', ...timelines, gesture: 'Wheel' },
  { title: 'Earlier or later', ...timelines, gesture: 'Drag, Shift + wheel' },
  { title: 'Try another threshold', ...timelines, gesture: 'Drag its line' },
]
