import { useEffect, useRef, useState } from 'react'
import { Playback } from './playback.ts'

interface PlayerOptions {
  times: ArrayLike<number>
  frame: number
  go(frame: number): void
  /** Whether the frame before has been shown: where pictures come slowly, frames are left out. */
  isReady(): boolean
}

export interface Player {
  isPlaying: boolean
  toggle(): void
  stop(): void
}

/** Moves the frame cursor as fast as the tape ran, whatever the pictures' loading takes. */
export function usePlayer(options: PlayerOptions): Player {
  const [isPlaying, setPlaying] = useState(false)
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  useEffect(() => {
    if (!isPlaying) return
    const playback = new Playback(latest.current.times)
    let expected = latest.current.frame
    let request = 0
    playback.start(expected, performance.now())
    const tick = (now: number): void => {
      request = requestAnimationFrame(tick)
      const { frame, go, isReady } = latest.current
      // Somebody else moved the cursor: go on from there.
      if (frame !== expected) {
        expected = frame
        playback.start(frame, now)
      }
      if (!isReady()) return
      const due = playback.frameAt(now)
      if (due.frame !== expected) {
        expected = due.frame
        go(due.frame)
      }
      if (due.isEnd) setPlaying(false)
    }
    request = requestAnimationFrame(tick)
    return () => cancelAnimationFrame(request)
  }, [isPlaying])
  const isAtEnd = options.frame >= options.times.length - 1
  return {
    isPlaying,
    toggle: () => {
      if (!isPlaying && isAtEnd) options.go(0)
      setPlaying(!isPlaying)
    },
    stop: () => setPlaying(false),
  }
}
