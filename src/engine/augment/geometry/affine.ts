/** @file Magnified, sheared, turned about the centre, then shifted. */
import type { Operations } from '../../../shared/augmentation-operations.ts'
import {
  type Affine,
  compose,
  identity,
  invert,
  shift,
  stretch,
  turn,
} from '../../train/samples/augment/affine.ts'
import { type Draw, drawFrom } from '../step.ts'
import { affineStage, borderOf } from './stage.ts'

/** Upright lines lean by `x` degrees, level ones by `y`. */
function shear(x: number, y: number): Affine {
  const lean = (degrees: number) => Math.tan((degrees * Math.PI) / 180)
  return compose({ ...identity, xy: lean(x) }, { ...identity, yx: lean(y) })
}

export const affine: Draw<Operations['affine']> = (settings, random, size) => {
  const { width, height } = size
  const values = {
    rotate: drawFrom(random, settings.rotate),
    scale: drawFrom(random, settings.scale),
    shearX: drawFrom(random, settings.shearX),
    shearY: drawFrom(random, settings.shearY),
    translateX: drawFrom(random, settings.translateX),
    translateY: drawFrom(random, settings.translateY),
  }
  const forward = [
    shift(-width / 2, -height / 2),
    stretch(values.scale, values.scale),
    shear(values.shearX, values.shearY),
    turn(values.rotate),
    shift(width * (0.5 + values.translateX), height * (0.5 + values.translateY)),
  ].reduce(compose)
  const stage = affineStage(size, size, invert(forward), borderOf(settings))
  return { values, steps: [{ does: 'move', stage }] }
}
