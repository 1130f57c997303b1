import { useEffect, useState } from 'react'
import { Sketch } from './sketch.ts'
import type { Stage } from './stage.ts'

/** Marks over a stage's picture, as long as the stage is there. */
export function useSketch(stage: Stage | null): Sketch | null {
  const [sketch, setSketch] = useState<Sketch | null>(null)
  useEffect(() => {
    if (!stage) return
    const made = new Sketch(stage)
    setSketch(made)
    return () => {
      made.dispose()
      setSketch(null)
    }
  }, [stage])
  return sketch
}
