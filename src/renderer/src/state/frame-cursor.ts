/** @file The frame that the screens of a project show, one for all of them. */
import { createContext, useContext } from 'react'
import type { Tape } from '../../../shared/contract/state.ts'
import { Store } from './store.ts'
import { useStore } from './use-store.ts'

export interface FramePlace {
  /** Id of the tape; null = the first one. */
  tape: number | null
  frame: number
}

/** The place alone; whether it exists is for `useFrameCursor` to say, which knows the tapes. */
export class FrameCursorStore extends Store<FramePlace> {
  go(place: FramePlace): void {
    const { tape, frame } = this.get()
    if (tape !== place.tape || frame !== place.frame) this.set(place)
  }
}

export interface FrameCursor {
  /** Null where the project has no tape. */
  tape: Tape | null
  /** From 0 to the tape's last frame. */
  frame: number
  /** Goes to a frame of this tape; beyond its ends it stops there. */
  go(frame: number): void
  /** Goes that many frames on, or back where it is negative. */
  step(frames: number): void
  /** Goes to a frame of another tape. */
  choose(tape: number, frame?: number): void
}

export interface CursorContext {
  store: FrameCursorStore
  tapes: readonly Tape[]
}

export const FrameCursorContext = createContext<CursorContext | null>(null)

function within(tape: Tape | null, frame: number): number {
  const last = Math.max(0, (tape?.frames ?? 0) - 1)
  return Math.min(Math.max(0, Math.round(frame)), last)
}

/** The cursor; the component renders again when it moves. Its functions stay the same ones only per tape and store. */
export function useFrameCursor(): FrameCursor {
  const context = useContext(FrameCursorContext)
  if (!context) throw new Error('useFrameCursor is used outside of a project')
  const { store, tapes } = context
  const place = useStore(store)
  const tape = tapes.find(({ id }) => id === place.tape) ?? tapes[0] ?? null
  const go = (frame: number): void =>
    store.go({ tape: tape?.id ?? null, frame: within(tape, frame) })
  return {
    tape,
    frame: within(tape, place.frame),
    go,
    // From where the cursor is when it is called: keys may come faster than renders.
    step: (frames) => go(within(tape, store.get().frame) + frames),
    choose(id, frame = 0) {
      const other = tapes.find((candidate) => candidate.id === id) ?? null
      store.go({ tape: id, frame: within(other, frame) })
    },
  }
}
