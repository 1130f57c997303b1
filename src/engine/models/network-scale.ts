import { statSync } from 'node:fs'
import { join } from 'node:path'
import { networkFile } from './model-folder.ts'
import type { StoredModel } from './types.ts'

/** Of the built-in network's model.onnx. */
const builtInBytes = 8.4e6

/**
 * About how many times as long as the built-in network this one takes for a picture, for figures that
 * nothing was measured for: among networks that label pixels, work grows with the weights. At least 1.
 */
export function networkScale({ folder }: Pick<StoredModel, 'folder'>): number {
  const bytes = statSync(join(folder, networkFile), { throwIfNoEntry: false })?.size ?? 0
  return Math.max(1, bytes / builtInBytes)
}
