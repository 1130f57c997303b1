import { memo } from 'react'
import { byteAddress } from '../../../../shared/byte-routes.ts'
import type { DatasetImage } from '../../../../shared/contract/datasets.ts'
import { oddText } from '../../../../shared/oddities.ts'
import { useThumbnail } from '../../annotate/strip/FrameItem.tsx'
import type { Thumbnails } from '../../annotate/strip/thumbnails.ts'
import { classNames } from '../../ui/class-names.ts'
import { WarningIcon } from '../../ui/icons.tsx'
import { maskKey } from './small-pictures.ts'
import './ImageCell.css'

/** What all cells of a grid share. */
export interface CellLook {
  project: string
  set: number
  pictures: Thumbnails
  masks: Thumbnails
  /** Colours of the masks; null = they are not shown. */
  colours: string | null
}

function Small({
  thumbnails,
  at,
  isMask,
}: {
  thumbnails: Thumbnails
  at: string
  isMask: boolean
}) {
  const address = useThumbnail(thumbnails, at)
  return address && <img src={address} alt="" draggable={false} data-mask={isMask} />
}

function partsOf({ name, annotated, split, odd }: DatasetImage): string {
  const odds = odd.map((why) => oddText[why])
  return [name, annotated ? null : 'not annotated', split, ...odds].filter(Boolean).join(', ')
}

interface ImageCellProps {
  /** Null until it is known. */
  image: DatasetImage | null
  position: number
  look: CellLook
  isHere: boolean
  left: number
  top: number
  width: number
  onOpen: (position: number) => void
}

/** One picture of the grid with its mask, its name, and what is odd about it. */
export const ImageCell = memo(function ImageCell(props: ImageCellProps) {
  const { image, position, look, isHere, left, top, width, onOpen } = props
  const at = { project: look.project, set: look.set, position }
  const mask = image && image.version > 0 && look.colours
  return (
    <button
      type="button"
      tabIndex={isHere ? 0 : -1}
      className={classNames('image-cell', isHere && 'is-here')}
      style={{ width, transform: `translate(${left}px, ${top}px)` }}
      aria-label={image ? partsOf(image) : `Picture ${position + 1}`}
      aria-current={isHere ? 'true' : undefined}
      onClick={() => onOpen(position)}
    >
      <span className="image-cell-picture">
        {image?.hasPicture && (
          <Small thumbnails={look.pictures} at={byteAddress.imageThumbnail(at)} isMask={false} />
        )}
        {mask && (
          <Small
            thumbnails={look.masks}
            at={maskKey(byteAddress.imageMask(at, 'small', image.version), mask)}
            isMask={true}
          />
        )}
        {image && !image.hasPicture && <span className="image-cell-none">no picture</span>}
      </span>
      <span className="image-cell-foot">
        {image && image.odd.length > 0 && (
          <span className="image-cell-odd" title={image.odd.map((why) => oddText[why]).join(', ')}>
            <WarningIcon />
          </span>
        )}
        <span className="image-cell-name">{image?.name ?? ''}</span>
        {image && !image.annotated && <span className="image-cell-bare">not annotated</span>}
        {image?.split && <span className="image-cell-split">{image.split}</span>}
      </span>
    </button>
  )
})
