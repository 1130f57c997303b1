import type { ProjectContents } from './list.ts'

export function inspectProject(_folder: string): ProjectContents {
  return { tapes: 0, frames: 0 }
}
