import { useEffect, useRef, useState } from 'react'

/**
 * Takes a file that is dropped anywhere on the window; `onTape` is told its path. Only the desktop
 * shell knows paths of files: a browser's page takes none. Returns whether one hovers over it.
 */
export function useTapeDrop(onTape: (path: string) => void): boolean {
  const [isOver, setOver] = useState(false)
  const latest = useRef(onTape)
  useEffect(() => {
    latest.current = onTape
  })
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean =>
      event.dataTransfer?.types.includes('Files') === true
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      // Otherwise the browser would show the file in the page's place.
      event.preventDefault()
      setOver(window.maskbench !== undefined)
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      const file = event.dataTransfer?.files[0]
      const path = file && window.maskbench?.pathOf(file)
      if (path) latest.current(path)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [])
  return isOver
}
