import { memo, useEffect, useState } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { type FrameMark, markText } from './frame-marks.ts'
import { FlagMark, MarkIcon } from './MarkIcon.tsx'
import { itemWidth } from './strip-view.ts'
import type { Thumbnails } from './thumbnails.ts'

/** A frame that is scrolled past asks for nothing. */
const restMs = 80

/** Address of a thumbnail for an `img`, once it is there. */
export function useThumbnail(thumbnails: Thumbnails, key: string): string | null {
  const [address, setAddress] = useState(() => thumbnails.peek(key))
  useEffect(() => {
    setAddress(thumbnails.peek(key))
    if (thumbnails.peek(key) !== null) return
    let cancel = (): void => {}
    const timer = setTimeout(() => {
      const wish = thumbnails.get(key)
      cancel = wish.cancel
      void wish.address.then((found) => found !== null && setAddress(found))
    }, restMs)
    return () => {
      clearTimeout(timer)
      cancel()
    }
  }, [thumbnails, key])
  return address
}

interface FrameItemProps {
  frame: number
  /** Address of its thumbnail. */
  thumbnail: string
  thumbnails: Thumbnails
  mark: FrameMark
  isHere: boolean
  /** CSS pixels from the left edge of the strip. */
  left: number
  onChoose: (frame: number) => void
}

/** One frame of the strip: thumbnail, number, and what is known of it. */
export const FrameItem = memo(function FrameItem(props: FrameItemProps) {
  const { frame, thumbnail, thumbnails, mark, isHere, left, onChoose } = props
  const address = useThumbnail(thumbnails, thumbnail)
  const text = markText(mark)
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classNames('frame-item', isHere && 'is-here')}
      style={{ width: itemWidth, transform: `translateX(${left}px)` }}
      aria-label={`Frame ${frame}${text ? `, ${text}` : ''}`}
      aria-current={isHere ? 'true' : undefined}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(frame)}
    >
      <span className="frame-item-picture">
        {address && <img src={address} alt="" draggable={false} />}
      </span>
      <span className="frame-item-foot">
        <MarkIcon mark={mark} />
        <span className="frame-item-number">{frame}</span>
        {mark.flagged && <FlagMark />}
      </span>
    </button>
  )
})
