/** @file What is known of an architecture besides its layers. */
import type { Graph } from '../../onnx/graph.ts'
import type { ModelDescription } from '../types.ts'
import type { BuildOptions } from './build-options.ts'

export interface Architecture {
  title: string
  /** Where its definition comes from, whose names of weights it has. */
  source: string
  /** Terms of the published weights; ours is the description of the layers alone. */
  licence: string
  /**
   * A new network of it: input 'image', outputs 'logits' and, where asked for, 'auxiliary_logits',
   * all weights zero (batch normalisation's scales and variances one), unless it comes with weights.
   */
  build(options: BuildOptions): Graph | Promise<Graph>
  /** How pictures are normalised, as in model.json. */
  normalisation: Pick<ModelDescription['input'], 'scale' | 'mean' | 'deviation'>
  /** Input pixels for each pixel of the logits. */
  stride: number
  /** What the sides of pictures must be multiples of. */
  multiple: number
  /** Values for the scene adapter: of stride 4 and 8, whose everything upstream can be frozen. */
  features: { low: string; middle: string }
  /** The layers that give the logits: their keys in the state dict. */
  lastLayers: readonly string[]
  /** Key of the auxiliary head, or null where there is none. */
  auxiliaryHead: string | null
  /** Classes of the published weights. */
  classes: readonly string[]
  /** Entries of published checkpoints that no layer uses. */
  unused: readonly RegExp[]
}
