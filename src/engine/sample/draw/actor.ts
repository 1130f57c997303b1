/** @file Whatever moves: people, and what is not people but moves all the same. */
import type { Shape } from './shape.ts'

export interface Actor {
  readonly shapes: readonly Shape[]
  /** People are what the truth is about. */
  readonly person: boolean
}
