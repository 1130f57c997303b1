/** @file Changes of a pipeline. */
import type { AugmentationGroup, AugmentationNode } from '../../../../shared/augmentation.ts'
import { isOperationKind, newOperation } from './parameters.ts'

export type Steps = AugmentationGroup['steps']

export const groupKinds = ['sequential', 'one-of', 'some-of'] as const
export type GroupKind = (typeof groupKinds)[number]

export const groupTitles: Readonly<Record<GroupKind, string>> = {
  sequential: 'All of these',
  'one-of': 'One of these',
  'some-of': 'Some of these',
}

/** Undefined for what is no group. */
export function groupTitleOf(kind: string): string | undefined {
  const group = groupKinds.find((each) => each === kind)
  return group && groupTitles[group]
}

export function isGroup(node: AugmentationNode): node is AugmentationGroup {
  return 'steps' in node
}

/** A pipeline as a list of steps that are done in order. */
export function stepsOf(pipeline: AugmentationNode): Steps {
  const isPlain = pipeline.kind === 'sequential' && pipeline.probability === 1
  return isPlain ? pipeline.steps : [pipeline]
}

export function pipelineOf(steps: Steps): AugmentationNode {
  return { kind: 'sequential', probability: 1, steps }
}

/** A step as it is when it is added; a group begins with one step, as it may not be empty. */
export function newStep(kind: string): AugmentationNode | null {
  if (isOperationKind(kind)) return newOperation(kind)
  const steps = [newOperation('flip-left-right')]
  if (kind === 'sequential' || kind === 'one-of') return { kind, probability: 1, steps }
  if (kind === 'some-of') return { kind, probability: 1, count: [1, 2], order: 'given', steps }
  return null
}

/** With the step at `from` moved by `by` places, as far as there are any. */
export function movedStep(steps: Steps, from: number, by: -1 | 1): Steps {
  const [here, there] = [steps[from], steps[from + by]]
  if (!here || !there) return steps
  return steps.map((step, at) => (at === from ? there : at === from + by ? here : step))
}

/** A pipeline that shows what can be done, for who has none yet. */
export const firstPipeline: AugmentationNode = pipelineOf([
  newOperation('flip-left-right'),
  newOperation('affine'),
  newOperation('brightness'),
])
