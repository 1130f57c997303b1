/** @file Movements of a picture as maps from the result's places to the picture's, put together. */

import type { OutsideSettings } from '../../../shared/augmentation-operations.ts'
import { ignoreIndex } from '../../../shared/mask.ts'
import type { Size } from '../../../shared/recipe.ts'
import { type Affine, compose } from '../../train/samples/augment/affine.ts'

/** What is shown beyond the picture. */
export interface Border {
  picture: OutsideSettings['border']
  colour: readonly [number, number, number]
  /** Class of what is shown there; null = of the pixel that is repeated or mirrored. */
  label: number | null
}

/** A map of one axis in equal cells: `edges[i]` is where cell i begins in the picture. */
export type CellEdges = Float64Array

/** From a place in the result, (0, 0) … (width, height), to one in the picture. */
export type PlaceMap =
  | { kind: 'affine'; affine: Affine }
  /** Columns and rows by themselves, each cell evenly. */
  | { kind: 'cells'; x: CellEdges; y: CellEdges }

export interface Stage {
  from: Size
  to: Size
  map: PlaceMap
  border: Border
}

/** Where nothing lies beyond. */
export const noBorder: Border = { picture: 'edge', colour: [0, 0, 0], label: null }

const labels: Record<OutsideSettings['borderMask'], number | null> = {
  ignore: ignoreIndex,
  background: 0,
  same: null,
}

/** The border that an operation's parameters describe. */
export function borderOf({ border, colour, borderMask }: OutsideSettings): Border {
  return { picture: border, colour, label: labels[borderMask] }
}

/** An affine stage. */
export function affineStage(from: Size, to: Size, affine: Affine, border = noBorder): Stage {
  return { from, to, map: { kind: 'affine', affine }, border }
}

/** Rounding of a few multiplications in pixels of a large picture. */
const tolerance = 1e-6

/** Whether no place of the result lies beyond the picture: then the border is never seen. */
function staysInside({ from, to }: Stage, { xx, xy, x0, yx, yy, y0 }: Affine): boolean {
  return [0, to.width].every((x) =>
    [0, to.height].every((y) => {
      const column = xx * x + xy * y + x0
      const row = yx * x + yy * y + y0
      return (
        column >= -tolerance &&
        column <= from.width + tolerance &&
        row >= -tolerance &&
        row <= from.height + tolerance
      )
    }),
  )
}

/**
 * The same movement in fewer stages, in the order in which they are done. Two affine ones become one
 * where the later one shows nothing beyond the earlier one's result: else its border would be lost.
 */
export function mergeStages(stages: readonly Stage[]): Stage[] {
  const merged: Stage[] = []
  for (const stage of stages) {
    const before = merged.at(-1)
    if (
      before?.map.kind === 'affine' &&
      stage.map.kind === 'affine' &&
      staysInside(stage, stage.map.affine)
    ) {
      const affine = compose(stage.map.affine, before.map.affine)
      merged[merged.length - 1] = { ...before, to: stage.to, map: { kind: 'affine', affine } }
    } else merged.push(stage)
  }
  return merged
}
