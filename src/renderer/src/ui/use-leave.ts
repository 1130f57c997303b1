import { type RefObject, useEffect, useRef } from 'react'

/** Closes what is open on Escape and on a press outside of it. */
export function useLeave(
  inside: RefObject<HTMLElement | null>,
  isOpen: boolean,
  close: () => void,
): void {
  const latest = useRef(close)
  useEffect(() => {
    latest.current = close
  })
  useEffect(() => {
    if (!isOpen) return
    const press = (event: PointerEvent): void => {
      if (event.target instanceof Node && !inside.current?.contains(event.target)) latest.current()
    }
    const leave = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      latest.current()
    }
    // Before the picture below takes the press.
    document.addEventListener('pointerdown', press, true)
    document.addEventListener('keydown', leave, true)
    return () => {
      document.removeEventListener('pointerdown', press, true)
      document.removeEventListener('keydown', leave, true)
    }
  }, [inside, isOpen])
}
