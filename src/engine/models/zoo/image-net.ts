/** @file How networks trained on ImageNet want their pictures. */
import type { ModelDescription } from '../types.ts'

/** Mean and deviation of ImageNet's pictures, by which nearly every published network normalises. */
export const imageNet: Pick<ModelDescription['input'], 'scale' | 'mean' | 'deviation'> = {
  scale: 1 / 255,
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
}
