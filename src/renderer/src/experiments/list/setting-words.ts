/** @file Settings by their paths, as people read them. */

/** Parts of paths that a reader would not guess. */
const words: Readonly<Record<string, string>> = {
  stepsPerEpoch: 'steps an epoch',
  learningRate: 'learning rate',
  weightDecay: 'weight decay',
  batchNorm: 'batch normalisation',
  classWeights: 'class weights',
  layerGroups: 'layer groups',
  multiScale: 'several scales',
  warmUp: 'warm-up',
  clip: 'largest gradient norm',
  fit: 'other sizes become the input by',
}

const longest = 60

/** `stages.0.learningRate` → `Stage 1: learning rate`. */
export function settingTitle(path: string): string {
  const parts = path.split('.').map((part) => words[part] ?? part)
  const [first = '', second, ...rest] = parts
  const place = first === 'stages' && /^\d+$/.test(second ?? '') ? Number(second) + 1 : null
  const text = place === null ? parts.join(' ') : `stage ${place}: ${rest.join(' ')}`
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** A value in a cell; null = there is no such setting. */
export function valueText(value: string | null): string {
  if (value === null) return '–'
  if (value === 'null') return 'none'
  return value.length > longest ? `${value.slice(0, longest)}…` : value
}
