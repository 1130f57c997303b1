/** @file The DOM's events of a stage, for its gestures. */
import type { Gestures, Pointer } from './gestures.ts'
import type { Stage } from './stage.ts'

/** Zoom factor of one wheel pixel: a notch of 100 pixels zooms by a fifth. */
const zoomPerWheelPx = Math.log(1.2) / 100
const pixelsPerLine = 40
const pixelsPerPage = 400

/** Starts listening; returns the function that ends it. */
export function listenToPointers(stage: Stage, gestures: Gestures<PointerEvent>): () => void {
  const end = new AbortController()
  const { signal } = end
  const { host } = stage
  const pointer = (event: PointerEvent): Pointer => ({
    ...stage.toStage(event),
    id: event.pointerId,
    kind: event.pointerType,
    button: event.button,
  })
  const show = (): void => {
    host.dataset.gesture = gestures.mode
  }
  const on = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ): void => host.addEventListener(name, listener, { signal, passive: false })

  on('pointerdown', (event) => {
    if (!gestures.down(pointer(event), event)) return
    host.setPointerCapture(event.pointerId)
    // Keeps the middle button from scrolling and the mouse from selecting text.
    event.preventDefault()
    host.focus({ preventScroll: true })
    show()
  })
  on('pointermove', (event) => gestures.move(pointer(event), event))
  on('pointerup', (event) => {
    gestures.up(pointer(event), event)
    show()
  })
  on('pointercancel', (event) => {
    gestures.cancel(pointer(event))
    show()
  })
  on('pointerleave', () => gestures.leave())
  on('contextmenu', (event) => event.preventDefault())
  on('wheel', (event) => {
    // Alt and Shift are the tool's.
    if (event.altKey || event.shiftKey) return
    event.preventDefault()
    const pixels = event.deltaY * ([1, pixelsPerLine, pixelsPerPage][event.deltaMode] ?? 1)
    stage.zoomAt(stage.toStage(event), Math.exp(-pixels * zoomPerWheelPx))
  })
  return () => end.abort()
}
