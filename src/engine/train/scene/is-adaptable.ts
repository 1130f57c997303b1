/** @file Which networks the scene adapter fits; apart from it, because whoever asks need not run one. */
import type { ModelDescription } from '../../models/types.ts'

/** How the network is fed, and its features. */
export type NetworkDescription = Pick<ModelDescription, 'input' | 'output' | 'features'>

/** Whether a network names what the adapter needs, and takes pictures in a form it knows. */
export function isAdaptable({ input, output, features }: NetworkDescription): boolean {
  const hasFeatures = typeof features?.low === 'string' && typeof features.middle === 'string'
  const layouts = [input.layout, output.layout]
  return hasFeatures && input.type === 'float32' && layouts.every((layout) => layout === 'NCHW')
}
