/** @file Resize rules. */
import type { Operations } from '../../../shared/augmentation-operations.ts'
import type { Size } from '../../../shared/recipe.ts'
import { type Draw, drawWhole } from '../step.ts'
import { centrePlace, cropStage } from './crop-stage.ts'
import { resizeSteps } from './resize-steps.ts'
import { borderOf } from './stage.ts'

/** The size in the picture's own shape that this factor gives, at least a pixel. */
function scaled({ width, height }: Size, factor: number): Size {
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  }
}

export const resize: Draw<Operations['resize']> = (settings, _random, size) => {
  const to = { width: settings.width, height: settings.height }
  if (settings.fit === 'stretch') return { values: { ...to }, steps: resizeSteps(size, to) }
  const factors = [to.width / size.width, to.height / size.height]
  const factor = settings.fit === 'cover' ? Math.max(...factors) : Math.min(...factors)
  const inner = scaled(size, factor)
  const stage = cropStage(inner, to, centrePlace(inner, to), borderOf(settings))
  return { values: inner, steps: [...resizeSteps(size, inner), { does: 'move', stage }] }
}

export const resizeSide: Draw<Operations['resize-side']> = (settings, random, size) => {
  const length = drawWhole(random, settings.length)
  const sides = [size.width, size.height]
  const side = settings.side === 'shorter' ? Math.min(...sides) : Math.max(...sides)
  const to = scaled(size, length / side)
  return { values: { ...to }, steps: resizeSteps(size, to) }
}

export const padMultiple: Draw<Operations['pad-multiple']> = (settings, _random, size) => {
  const whole = (length: number) => Math.ceil(length / settings.multiple) * settings.multiple
  const to = { width: whole(size.width), height: whole(size.height) }
  const place: [number, number] = settings.place === 'centre' ? centrePlace(size, to) : [0, 0]
  const stage = cropStage(size, to, place, borderOf(settings))
  return { values: { ...to }, steps: [{ does: 'move', stage }] }
}
