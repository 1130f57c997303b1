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
    host.dataset.gesture =
      gestures.mode === 'idle' && gestures.isSpaceHeld ? 'space' : gestures.mode
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
  listenToSpace(stage, gestures, show, signal)
  return () => end.abort()
}

/** Space pans while it is held, unless what has the focus wants it. */
function listenToSpace(
  { host }: Stage,
  gestures: Gestures<PointerEvent>,
  show: () => void,
  signal: AbortSignal,
): void {
  const hold = (event: KeyboardEvent): void => {
    if (event.code !== 'Space' || !host.isConnected || wantsSpace(document.activeElement)) return
    if (!host.matches(':hover') && document.activeElement !== host) return
    event.preventDefault()
    gestures.isSpaceHeld = true
    show()
  }
  const release = (event: KeyboardEvent): void => {
    if (event.code !== 'Space' || !gestures.isSpaceHeld) return
    event.preventDefault()
    letGo()
  }
  const letGo = (): void => {
    gestures.isSpaceHeld = false
    show()
  }
  window.addEventListener('keydown', hold, { signal })
  window.addEventListener('keyup', release, { signal })
  window.addEventListener('blur', letGo, { signal })
}

/** Fields do, and so does a button that was reached by keyboard; one that was clicked does not. */
function wantsSpace(focused: Element | null): boolean {
  if (!focused) return false
  if (focused.matches('input, textarea, select, [contenteditable]')) return true
  return focused.matches('button, a, [role="button"], summary') && focused.matches(':focus-visible')
}
