/** @file Shapes of operators that normalise. */
import { type Known, type NodeView, type ShapeRules, sameRule } from './node-view.ts'

const plain = [
  'InstanceNormalization',
  'GroupNormalization',
  'LpNormalization',
  'LRN',
  'MeanVarianceNormalization',
]

/** The result, then statistics: one number for each channel. */
function batchNormalization(view: NodeView): readonly Known[] {
  const each = view.input(1)
  return [view.input(0), each, each, each, each]
}

/** The result, then mean and inverse deviation of what is normalised together. */
function layerNormalization(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  const first = view.axis(view.int('axis', -1), shape.length)
  const statistics: Known = { type, shape: shape.map((side, i) => (i < first ? side : 1)) }
  return [{ type, shape }, statistics, statistics]
}

export const normalisationRules: ShapeRules = {
  ...sameRule(plain, (view) => [view.input(0)]),
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
}
