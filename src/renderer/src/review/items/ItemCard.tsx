import type { MouseEvent } from 'react'
import { useThumbnail } from '../../annotate/strip/FrameItem.tsx'
import type { Thumbnails } from '../../annotate/strip/thumbnails.ts'
import { CheckIcon } from '../../ui/icons.tsx'
import type { Modifiers } from './selection.ts'

export interface ItemCardProps {
  id: string
  /** Of its thumbnail. */
  address: string
  thumbnails: Thumbnails
  colour: string
  /** Name of the region; left out where all items are of one. */
  region: string | null
  time: string
  title: string
  about: string
  /** What was said of it; null = nothing yet. */
  said: string | null
  isChosen: boolean
  isCurrent: boolean
  onOpen: (modifiers: Modifiers) => void
}

/** An item of a list: what it looks like, when, and why it is there. */
export function ItemCard(props: ItemCardProps) {
  const { id, thumbnails, colour, region, time, title, about, said } = props
  const { isChosen, isCurrent, onOpen } = props
  const picture = useThumbnail(thumbnails, props.address)
  const open = ({ ctrlKey, metaKey, shiftKey }: MouseEvent): void =>
    onOpen({ adding: ctrlKey || metaKey, range: shiftKey })
  return (
    // The list has the focus and the keys.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      className="item-card"
      id={id}
      role="option"
      aria-selected={isChosen}
      data-current={isCurrent}
      onMouseDown={(event) => event.preventDefault()}
      onClick={open}
    >
      <span className="item-picture">
        {picture && <img src={picture} alt="" draggable={false} />}
      </span>
      <span className="item-words">
        <span className="item-head">
          {region !== null && (
            <>
              <span className="region-swatch" style={{ background: colour }} aria-hidden="true" />
              <b className="item-region">{region}</b>
            </>
          )}
          <span className="item-time">{time}</span>
          {said !== null && (
            <span className="item-said">
              <CheckIcon />
              {said}
            </span>
          )}
        </span>
        <span className="item-title">{title}</span>
        <span className="item-about">{about}</span>
      </span>
    </div>
  )
}
