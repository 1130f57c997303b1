/** @file Rows and columns of a grid made wider and narrower against each other. */
import type { Operations } from '../../../shared/augmentation-operations.ts'
import { type Draw, drawFrom } from '../step.ts'
import { type CellEdges, noBorder } from './stage.ts'

/** Edges of cells whose lengths are to each other as `shares`, over the whole length. */
export function cellEdges(shares: readonly number[], length: number): CellEdges {
  const total = shares.reduce((sum, share) => sum + share, 0)
  const edges = new Float64Array(shares.length + 1)
  let sum = 0
  for (const [i, share] of shares.entries()) {
    sum += share
    edges[i + 1] = (sum / total) * length
  }
  return edges
}

export const gridDistortion: Draw<Operations['grid-distortion']> = (settings, random, size) => {
  const shares = () =>
    Array.from({ length: settings.cells }, () => 1 + drawFrom(random, settings.stretch))
  const [columns, rows] = [shares(), shares()]
  const map = {
    kind: 'cells',
    x: cellEdges(columns, size.width),
    y: cellEdges(rows, size.height),
  } as const
  return {
    values: { columns, rows },
    steps: [{ does: 'move', stage: { from: size, to: size, map, border: noBorder } }],
  }
}
