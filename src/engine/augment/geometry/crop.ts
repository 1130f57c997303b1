/** @file Parts of a picture: of a size in pixels, or a share brought to a size. */
import type { Operations } from '../../../shared/augmentation-operations.ts'
import type { Random } from '../../train/samples/random.ts'
import { type Draw, drawFrom } from '../step.ts'
import { centrePlace, cropStage } from './crop-stage.ts'
import { resizeSteps } from './resize-steps.ts'
import { borderOf } from './stage.ts'

/** Any whole place where the part lies in the picture; where it is larger, the picture in it. */
function anyPlace(random: Random, length: number, part: number): number {
  const free = length - part
  const drawn = random.below(Math.abs(free) + 1)
  return free >= 0 ? drawn : -drawn
}

export const crop: Draw<Operations['crop']> = (settings, random, size) => {
  const to = { width: settings.width, height: settings.height }
  const [x, y] =
    settings.place === 'centre'
      ? centrePlace(size, to)
      : [anyPlace(random, size.width, to.width), anyPlace(random, size.height, to.height)]
  const stage = cropStage(size, to, [x, y], borderOf(settings))
  return { values: { x, y }, steps: [{ does: 'move', stage }] }
}

/** Draws a rectangle of an area and shape as Inception's training does; too long sides are cut. */
export const cropResize: Draw<Operations['crop-resize']> = (settings, random, size) => {
  const { width, height } = size
  const area = drawFrom(random, settings.area)
  // Evenly on a logarithmic scale: twice as wide is as likely as twice as high.
  const [low, high] = settings.aspect
  const aspect = Math.exp(random.between(Math.log(low), Math.log(high)))
  const part = {
    width: Math.max(1, Math.round(Math.min(1, Math.sqrt(area * aspect)) * width)),
    height: Math.max(1, Math.round(Math.min(1, Math.sqrt(area / aspect)) * height)),
  }
  const [x, y] = [random.below(width - part.width + 1), random.below(height - part.height + 1)]
  const to = { width: settings.width ?? width, height: settings.height ?? height }
  return {
    values: { x, y, ...part },
    steps: [{ does: 'move', stage: cropStage(size, part, [x, y]) }, ...resizeSteps(part, to)],
  }
}
