/** @file Gradients of operators that pick elements by numbers. */
import { intAttribute } from '../../onnx/graph.ts'
import type { GradientRules } from '../graph/gradient-builder.ts'
import { type Part, plainAxis, rule, zeros } from './rule.ts'

const adding = { reduction: { string: 'add' } }

/** Slices are added back to where they were picked, with that axis in front. */
const gather: Part = (build, { node, x, z, dy }) => {
  const shape = build.shape(x)
  const axis = plainAxis(intAttribute(node, 'axis', 0), shape.length)
  const picked = build.shape(z)
  const between = [...picked.keys()].map((at) => at + axis)
  const others = [...build.shape(dy).keys()].filter((at) => !between.includes(at))
  const updates = axis === 0 ? dy : build.transpose(dy, [...between, ...others])
  const rows = build.reshape(z, [...picked, 1])
  const front = [shape[axis] ?? 1, ...shape.toSpliced(axis, 1)]
  const added = build.node('ScatterND', [zeros(build, front), rows, updates], front, adding)
  if (axis === 0) return added
  const order = [...shape.keys()].map((at) => (at === axis ? 0 : at < axis ? at + 1 : at))
  return build.transpose(added, order)
}

const gatherElements: Part = (build, { node, x, z, dy }) => {
  const axis = { int: intAttribute(node, 'axis', 0) }
  const shape = build.shape(x)
  return build.node('ScatterElements', [zeros(build, shape), z, dy], shape, { ...adding, axis })
}

export const gatherRules: GradientRules = {
  Gather: rule(gather),
  GatherElements: rule(gatherElements),
}
