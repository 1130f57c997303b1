/** @file From a pipeline to the operations of one sample: what is chosen and with which values. */
import type {
  AugmentationGroup,
  AugmentationNode,
  AugmentationOperation,
} from '../../shared/augmentation.ts'
import type { Size } from '../../shared/recipe.ts'
import { type Random, randomFor } from '../train/samples/random.ts'
import { drawOperation } from './operations.ts'
import type { DrawnOperation } from './step.ts'

/** An operation as it was drawn for a sample. */
export interface Drawn extends DrawnOperation {
  kind: AugmentationOperation['kind']
}

/** The size after an operation of a sample that had this size before. */
function sizeAfter(size: Size, { steps }: DrawnOperation): Size {
  return steps.reduce((before, step) => {
    if (step.does === 'paint') return before
    return step.does === 'reduce' ? step.to : step.stage.to
  }, size)
}

/** The positions of a group's steps that are done, in order. */
function chosenSteps(group: AugmentationGroup, random: Random): number[] {
  const all = [...group.steps.keys()]
  if (group.kind === 'sequential') return all
  if (group.kind === 'one-of') return [random.below(all.length)]
  const [least, most] = group.count.map((count) => Math.min(count, all.length))
  const count = (least ?? 0) + random.below((most ?? 0) - (least ?? 0) + 1)
  const chosen = random.permutation(all.length).slice(0, count)
  return group.order === 'random' ? chosen : chosen.sort((a, b) => a - b)
}

/**
 * Draws the operations of a sample. Each step of the pipeline has chance of its own, from `seed` and
 * its place: a parameter more in one of them changes nothing in the others.
 */
export function drawPipeline(node: AugmentationNode, seed: number, size: Size): Drawn[] {
  const random = randomFor(seed)
  if (!random.chance(node.probability)) return []
  if (!('steps' in node)) return [{ kind: node.kind, ...drawOperation(node, random, size) }]
  const drawn: Drawn[] = []
  let now = size
  for (const position of chosenSteps(node, random)) {
    const step = node.steps[position]
    if (!step) continue
    const found = drawPipeline(step, randomFor(seed, position + 1).state, now)
    for (const operation of found) now = sizeAfter(now, operation)
    drawn.push(...found)
  }
  return drawn
}
