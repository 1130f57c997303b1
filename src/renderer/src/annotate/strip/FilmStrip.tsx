import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { notchesOf } from '../paint/wheel.ts'
import { FrameItem } from './FrameItem.tsx'
import { type FrameMarks, markAt } from './frame-marks.ts'
import { Overview } from './Overview.tsx'
import {
  clampPosition,
  itemWidth,
  positionShowing,
  type StripFrames,
  visibleRange,
} from './strip-view.ts'
import type { Thumbnails } from './thumbnails.ts'
import './FilmStrip.css'

interface FilmStripProps {
  frames: StripFrames
  marks: FrameMarks
  /** The frame in view. */
  frame: number
  thumbnails: Thumbnails
  thumbnailOf: (frame: number) => string
  onChoose: (frame: number) => void
}

/** Frames that a notch of the wheel goes on. */
const framesPerNotch = 3

function useWidth(ref: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    setWidth(element.clientWidth)
    return () => observer.disconnect()
  }, [ref])
  return width
}

/** Where the strip stands; it follows the frame in view, and the wheel. */
function usePosition(
  { frames, frame }: Pick<FilmStripProps, 'frames' | 'frame'>,
  strip: React.RefObject<HTMLElement | null>,
  width: number,
) {
  const [position, setPosition] = useState(0)
  const here = frames.indexOf(frame)
  useEffect(() => {
    if (width > 0) setPosition((before) => positionShowing(here, before, frames.count, width))
  }, [here, frames, width])
  const move = useCallback(
    (change: (before: number) => number) =>
      setPosition((before) => clampPosition(change(before), frames.count, width)),
    [frames, width],
  )
  useEffect(() => {
    const element = strip.current
    // React's own wheel listeners are passive: they cannot keep the page from scrolling.
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const notches = notchesOf(event)
      move((before) => before - notches * framesPerNotch)
    }
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => element?.removeEventListener('wheel', onWheel)
  }, [strip, move])
  return { position: clampPosition(position, frames.count, width), here, move }
}

/** The frames of a tape in a row; only those in sight are there. */
export function FilmStrip(props: FilmStripProps) {
  const { frames, marks, frame, thumbnails, thumbnailOf, onChoose } = props
  const strip = useRef<HTMLDivElement>(null)
  const width = useWidth(strip)
  const { position, here, move } = usePosition(props, strip, width)
  const { first, end } = visibleRange(position, frames.count, width)
  const shown = width / itemWidth
  return (
    <div className="film-strip">
      <div className="film-strip-frames" ref={strip} role="toolbar" aria-label="Frames">
        {Array.from({ length: Math.max(0, end - first) }, (_, i) => {
          const index = first + i
          const number = frames.frameAt(index)
          return (
            <FrameItem
              key={number}
              frame={number}
              thumbnail={thumbnailOf(number)}
              thumbnails={thumbnails}
              mark={markAt(marks, number)}
              isHere={number === frame}
              left={Math.round((index - position) * itemWidth)}
              onChoose={onChoose}
            />
          )
        })}
      </div>
      <Overview
        {...{ frames, marks, here, shown }}
        first={position}
        onMove={(index) => move(() => index - shown / 2)}
      />
    </div>
  )
}
