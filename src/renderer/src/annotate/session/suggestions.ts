/** @file Frames worth painting next, as the engine suggested them: kept until others are asked for. */
import { z } from 'zod'
import type { FrameState } from '../../../../shared/contract/state.ts'
import { type AppError, toAppError } from '../../../../shared/errors.ts'
import type { JobProgress } from '../../../../shared/progress.ts'
import type { EngineClient } from '../../state/engine-store.ts'
import { Store } from '../../state/store.ts'
import { type FramePlace, isSamePlace, keyOf } from '../journal/frame-place.ts'
import type { Keep } from '../paint/settings.ts'

const suggestionSchema = z.array(
  z.object({ tape: z.int(), frame: z.int().min(0), why: z.string() }),
)

export type Suggestion = z.infer<typeof suggestionSchema>[number]

export interface SuggestionsState {
  frames: readonly Suggestion[]
  /** What the engine says while it looks for some; null when it does not. */
  looking: { progress: JobProgress | null } | null
  error: AppError | null
}

/** As many as a first training needs. */
export const defaultCount = 8

export class Suggestions extends Store<SuggestionsState> {
  readonly #keep: Keep

  constructor(keep: Keep) {
    super({ frames: parse(keep.read()), looking: null, error: null })
    this.#keep = keep
  }

  /** Asks for some in the place of those that are there. */
  async ask(client: EngineClient, project: string, count = defaultCount): Promise<void> {
    if (this.get().looking) return
    this.set({ ...this.get(), looking: { progress: null }, error: null })
    try {
      const onProgress = (progress: JobProgress): void =>
        this.set({ ...this.get(), looking: { progress } })
      const frames = await client.call('labels.suggest', { project, count }, { onProgress })
      this.set({ frames, looking: null, error: null })
      this.#keep.write(JSON.stringify(frames))
    } catch (error) {
      this.set({ ...this.get(), looking: null, error: toAppError(error) })
    }
  }
}

function parse(text: string | null): Suggestion[] {
  try {
    return suggestionSchema.parse(JSON.parse(text ?? '[]'))
  } catch {
    return []
  }
}

/** Which frames have a label, by their keys. */
export function labelledKeys(frames: readonly FrameState[]): Set<string> {
  return new Set(frames.filter(({ label }) => label !== 'none').map(keyOf))
}

/**
 * The next suggested frame without a label after a place, in the order of the suggestions (the best
 * first), round the end to the start; null where all have one.
 */
export function nextSuggestion(
  suggestions: readonly Suggestion[],
  labelled: ReadonlySet<string>,
  from: FramePlace,
): Suggestion | null {
  const here = suggestions.findIndex((suggestion) => isSamePlace(suggestion, from))
  const after = [...suggestions.slice(here + 1), ...suggestions.slice(0, Math.max(0, here))]
  return after.find((suggestion) => !labelled.has(keyOf(suggestion))) ?? null
}

/** How far the suggested frames are: "5 of 8 labelled". */
export function countSuggested(
  suggestions: readonly Suggestion[],
  labelled: ReadonlySet<string>,
): { done: number; all: number } {
  const done = suggestions.filter((suggestion) => labelled.has(keyOf(suggestion))).length
  return { done, all: suggestions.length }
}
