import { useEffect, useState } from 'react'
import { byteAddress } from '../../../shared/byte-routes.ts'
import type { Tape } from '../../../shared/contract/state.ts'
import { askForBytes } from '../state/ask-for-bytes.ts'
import { failureOf } from '../state/bytes-failure.ts'
import { useProject } from '../state/project-context.tsx'

async function loadTimes(address: string, signal: AbortSignal): Promise<Float64Array> {
  const response = await askForBytes(address, signal)
  if (!response.ok) throw await failureOf(response)
  return new Float64Array(await response.arrayBuffer())
}

/** Frames evenly over the tape, until the engine has told their true times. */
function evenTimes({ frames, frameRate }: Tape): Float64Array {
  return Float64Array.from({ length: frames }, (_, frame) => frame / (frameRate || 1))
}

/** Seconds of each frame since frame 0. */
export function useTimes(tape: Tape | null): Float64Array {
  const { handle } = useProject()
  const [times, setTimes] = useState(() => (tape ? evenTimes(tape) : new Float64Array()))
  const id = tape?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tape's frames never change.
  useEffect(() => {
    if (!tape) return
    const end = new AbortController()
    setTimes(evenTimes(tape))
    // Where they cannot be had the even ones are near enough to go on with.
    loadTimes(byteAddress.times({ project: handle, tape: tape.id }), end.signal).then(
      setTimes,
      () => {},
    )
    return () => end.abort()
  }, [handle, id])
  return times
}
