/** @file What painting writes, and over what. */
import { backgroundIndex, type ClassMask } from '../../../../shared/mask.ts'
import type { Dirty } from './rect.ts'
import type { Selection } from './selection.ts'

export type PaintMode = 'over' | 'background'

export interface Ink {
  /** The class that is written; 255 = ignore. */
  value: number
  /** Whether a class may be painted over, by its index; null = every class. */
  over: Uint8Array | null
}

export interface InkRules {
  /** 'over' = paints over other classes, 'background' = leaves them as they are. */
  mode: PaintMode
  /** Classes that nothing changes. */
  locked: ReadonlySet<number>
}

/** The ink that paints a class by the rules. Erasing asks for locked classes only. */
export function inkOf(value: number, { mode, locked }: InkRules): Ink {
  const onlyBackground = mode === 'background' && value !== backgroundIndex
  if (!onlyBackground && locked.size === 0) return { value, over: null }
  const over = new Uint8Array(256).fill(onlyBackground ? 0 : 1)
  over[backgroundIndex] = 1
  for (const index of locked) over[index] = 0
  return { value, over }
}

/** Writes the ink where the selection and the ink's rule allow it. Returns what may have changed. */
export function paint(mask: ClassMask, selection: Selection, { value, over }: Ink): Dirty {
  const { data } = mask
  selection.forEachRun((from, to) => {
    if (over === null) data.fill(value, from, to)
    else for (let i = from; i < to; i++) if (over[data[i] ?? 0] === 1) data[i] = value
  })
  return selection.bounds
}
