import type { ChoiceKind } from '../../../shared/shell-bridge.ts'

/**
 * Asks for a path by the system's own dialog. Null where the user gave up, undefined where there is no
 * such dialog and the page has to ask itself.
 */
export async function choosePath(kind: ChoiceKind): Promise<string | null | undefined> {
  const bridge = window.maskbench
  if (!bridge) return undefined
  const [path] = await bridge.choose(kind)
  return path ?? null
}
