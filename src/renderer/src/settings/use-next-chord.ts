import { useEffect, useRef } from 'react'
import { chordOf, chordsOf } from '../keys/chord.ts'

const modifiers: readonly string[] = ['Alt', 'Control', 'Meta', 'Shift', 'AltGraph']

/**
 * Takes the next keys that are pressed; `onChord` is told their chord, or null for Escape. A modifier
 * alone counts where `modifierAlone` is set, once it is let go.
 */
export function useNextChord(
  isListening: boolean,
  modifierAlone: boolean,
  onChord: (chord: string | null) => void,
): void {
  const latest = useRef(onChord)
  useEffect(() => {
    latest.current = onChord
  })
  useEffect(() => {
    if (!isListening) return
    const down = (event: KeyboardEvent): void => {
      event.preventDefault()
      event.stopPropagation()
      if (modifiers.includes(event.key)) return
      const chord = chordOf(event)
      if (chord !== null) latest.current(event.key === 'Escape' ? null : chord)
    }
    const up = (event: KeyboardEvent): void => {
      event.preventDefault()
      event.stopPropagation()
      const [chord] = chordsOf(event)
      if (modifierAlone && (event.key === 'Alt' || event.key === 'Control') && chord)
        latest.current(chord)
    }
    window.addEventListener('keydown', down, true)
    window.addEventListener('keyup', up, true)
    return () => {
      window.removeEventListener('keydown', down, true)
      window.removeEventListener('keyup', up, true)
    }
  }, [isListening, modifierAlone])
}
