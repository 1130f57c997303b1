import type { Action, Gesture, KeyScreen } from '../action.ts'

const screens: readonly KeyScreen[] = ['label']
/** Pictures of sets are painted with the same tools. */
const painted: readonly KeyScreen[] = ['label', 'datasets']
const tools = { group: 'Tools', screens: painted } as const
const painting = { group: 'Painting', screens: painted } as const
const label = { group: 'Label', screens } as const

function classAction(number: number) {
  return { title: `Paint class ${number}`, ...tools, keys: [String(number)] } as const
}

export const labelActions = {
  'tool.brush': { title: 'Brush', ...tools, keys: ['B'] },
  'tool.eraser': { title: 'Eraser', ...tools, keys: ['E'] },
  'tool.swap': { title: 'Swap brush and eraser', ...tools, keys: ['X'] },
  'tool.polygon': { title: 'Polygon', ...tools, keys: ['P'] },
  'tool.lasso': { title: 'Lasso', ...tools, keys: ['L'] },
  'tool.rectangle': { title: 'Rectangle', ...tools, keys: ['R'] },
  'tool.ellipse': { title: 'Ellipse', ...tools, keys: ['O'] },
  'tool.fill': { title: 'Fill', ...tools, keys: ['F'], cvat: ['G'] },
  'tool.wand': { title: 'Magic wand', ...tools, keys: ['W'] },
  'tool.smart': { title: 'Smart brush', ...tools, keys: ['S'] },
  'tool.ignore': { title: 'Ignore brush', ...tools, keys: ['I'] },
  'tool.accept': { title: 'Accept parts of the prediction by a click', ...tools, keys: ['T'] },
  'class.1': classAction(1),
  'class.2': classAction(2),
  'class.3': classAction(3),
  'class.4': classAction(4),
  'class.5': classAction(5),
  'class.6': classAction(6),
  'class.7': classAction(7),
  'class.8': classAction(8),
  'class.9': classAction(9),
  'brush.eraseHeld': { title: 'Erase while held', ...painting, keys: ['Alt'], held: true },
  'brush.smaller': { title: 'Smaller brush', ...painting, keys: ['['] },
  'brush.larger': { title: 'Larger brush', ...painting, keys: [']'] },
  'brush.muchSmaller': { title: 'Smaller brush by 10', ...painting, keys: ['Shift+['] },
  'brush.muchLarger': { title: 'Larger brush by 10', ...painting, keys: ['Shift+]'] },
  'edit.undo': { title: 'Undo', ...painting, keys: ['Ctrl+Z'] },
  'edit.redo': { title: 'Redo', ...painting, keys: ['Ctrl+Shift+Z', 'Ctrl+Y'] },
  'mask.hide': { title: 'Hide or show the mask', ...painting, keys: ['H'] },
  'mask.peek': {
    title: 'Look below the mask (hold)',
    ...painting,
    keys: ['V'],
    cvat: ['Q'],
    held: true,
  },
  'mask.onion': { title: 'Outline of the previous mask', ...painting, keys: ['K'] },
  'mask.background': { title: 'Show the empty hall behind', ...painting, keys: ['U'] },
  'mask.invert': { title: 'Invert the mask', ...painting, keys: ['Ctrl+I'] },
  'mask.clear': { title: 'Clear the mask', ...painting, keys: ['Delete'] },
  'drawing.close': { title: 'Close the shape', ...painting, keys: ['Enter'], drawing: true },
  'drawing.cancel': { title: 'Give the shape up', ...painting, keys: ['Escape'], drawing: true },
  'drawing.removePoint': {
    title: 'Take the last point back',
    ...painting,
    keys: ['Backspace'],
    drawing: true,
  },
  'label.accept': {
    title: 'Accept the prediction, save, next suggested frame',
    ...label,
    keys: ['Enter'],
  },
  'label.empty': { title: 'Nobody is in this frame', ...label, keys: ['N'] },
  'label.copy': {
    title: 'Copy the mask of the previous labelled frame',
    ...label,
    keys: ['C'],
    cvat: ['Y'],
  },
  'label.predict': { title: 'Let the network look at this frame', ...label, keys: ['M'] },
  'label.nextSuggested': { title: 'Next suggested frame', ...label, keys: ['Shift+Enter'] },
  'label.flag': { title: 'Flag this frame', ...label, keys: ['Shift+F'] },
} as const satisfies Record<string, Action>

export const labelGestures: readonly Gesture[] = [
  { title: 'Size of the brush', ...painting, gesture: 'Alt + wheel' },
  { title: 'Opacity of the mask', ...painting, gesture: 'Shift + wheel' },
  { title: 'A line from the last click', ...painting, gesture: 'Shift + click' },
]
