/** @file The plots of the timelines: how wide they are, and what wheel and pointer do on them. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type TimelineView, toPosition } from './timeline-view.ts'

/** A notch of the wheel, 100 pixels, zooms by a quarter. */
const zoomPerPx = Math.log(1.25) / 100
const pixelsPerLine = 40
/** Pixels that a pointer may tremble in a click. */
const tremblePx = 4

export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const read = (): void => setWidth(element.clientWidth)
    const observer = new ResizeObserver(read)
    observer.observe(element)
    read()
    return () => observer.disconnect()
  }, [ref])
  return width
}

const readLook = () => ({
  ratio: window.devicePixelRatio,
  theme: document.documentElement.dataset.theme ?? '',
})

/** The device's pixel ratio, which zooming the page changes, and the theme: both call for a drawing. */
export function useLook(): { ratio: number; theme: string } {
  const [look, setLook] = useState(readLook)
  useEffect(() => {
    const again = (): void => setLook(readLook())
    const observer = new MutationObserver(again)
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    window.addEventListener('resize', again)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', again)
    }
  }, [])
  return look
}

/** The plot below an event, and where in it the event is, in CSS pixels. */
function plotOf(event: MouseEvent): { plot: HTMLElement; x: number; width: number } | null {
  const target = event.target instanceof Element ? event.target : null
  const plot = target?.closest<HTMLElement>('[data-plot]') ?? null
  if (!plot) return null
  const { left, width } = plot.getBoundingClientRect()
  return { plot, x: event.clientX - left, width }
}

export interface PlotClick {
  /** Not a whole one. */
  position: number
  /** What the plot says it is: its `data-plot`. */
  name: string
}

/** Wheel zooms at the pointer, with Shift it pans; a drag pans, a click goes to a frame. */
export function usePlotPointer(
  host: RefObject<HTMLElement | null>,
  view: TimelineView,
  onClick: (click: PlotClick) => void,
): void {
  const latest = useRef(onClick)
  useEffect(() => {
    latest.current = onClick
  })
  useEffect(() => {
    const element = host.current
    if (!element) return
    const end = new AbortController()
    const { signal } = end
    let drag: { x: number; from: number; width: number; name: string; isMoving: boolean } | null =
      null
    const wheel = (event: WheelEvent): void => {
      const at = plotOf(event)
      if (!at || event.ctrlKey) return
      event.preventDefault()
      const pixels = (event.deltaY || event.deltaX) * (event.deltaMode === 0 ? 1 : pixelsPerLine)
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
      const span = view.get()
      if (isSideways) view.panBy((pixels / at.width) * (span.to - span.from))
      else view.zoomAt(toPosition(at.x, span, at.width), Math.exp(-pixels * zoomPerPx))
    }
    const down = (event: PointerEvent): void => {
      const at = plotOf(event)
      if (!at || event.button > 1) return
      drag = {
        ...{ x: at.x, width: at.width, name: at.plot.dataset.plot ?? '', isMoving: false },
        from: toPosition(at.x, view.get(), at.width),
      }
      at.plot.setPointerCapture(event.pointerId)
      event.preventDefault()
    }
    const move = (event: PointerEvent): void => {
      const at = drag && plotOf(event)
      if (!drag || !at) return
      drag.isMoving ||= Math.abs(at.x - drag.x) > tremblePx
      // What was under the pointer at first stays under it.
      if (drag.isMoving) view.panBy(drag.from - toPosition(at.x, view.get(), drag.width))
    }
    const up = (event: PointerEvent): void => {
      const ended = drag
      const at = plotOf(event)
      drag = null
      if (!ended || ended.isMoving || !at) return
      latest.current({ position: toPosition(at.x, view.get(), at.width), name: ended.name })
    }
    element.addEventListener('wheel', wheel, { signal, passive: false })
    element.addEventListener('pointerdown', down, { signal })
    element.addEventListener('pointermove', move, { signal })
    element.addEventListener('pointerup', up, { signal })
    element.addEventListener('pointercancel', () => (drag = null), { signal })
    return () => end.abort()
  }, [host, view])
}
