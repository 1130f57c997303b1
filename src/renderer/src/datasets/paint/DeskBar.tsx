import { EyeIcon, NextIcon, PreviousIcon } from '../../annotate/screen/icons.tsx'
import { UndoButtons } from '../../annotate/screen/LabelBar.tsx'
import '../../annotate/screen/LabelBar.css'
import { useAction } from '../../keys/use-action.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import type { SetPicture } from './load-picture.ts'

/** Where a picture stands among those that are looked through. */
export interface DeskPlace {
  index: number
  count: number
}

interface DeskBarProps {
  place: DeskPlace
  picture: SetPicture | null
  isMaskOff: boolean
  onToggleMask: () => void
  onGo: (index: number) => void
  onClose: () => void
}

/** The line above a picture: back to all of them, which one it is, and the next. */
export function DeskBar({ place, picture, isMaskOff, onToggleMask, onGo, onClose }: DeskBarProps) {
  const { index, count } = place
  const [isFirst, isLast] = [index === 0, index >= count - 1]
  useAction('pictures.previous', () => onGo(index - 1), !isFirst)
  useAction('pictures.next', () => onGo(index + 1), !isLast)
  useAction('pictures.close', onClose)
  return (
    <header className="label-bar">
      <Tooltip text="Back to all pictures" action="pictures.close" side="below">
        <Button onClick={onClose}>All pictures</Button>
      </Tooltip>
      <div className="label-bar-group">
        <IconButton
          label="Previous picture"
          action="pictures.previous"
          icon={<PreviousIcon />}
          disabled={isFirst}
          onClick={() => onGo(index - 1)}
        />
        <IconButton
          label="Next picture"
          action="pictures.next"
          icon={<NextIcon />}
          disabled={isLast}
          onClick={() => onGo(index + 1)}
        />
      </div>
      <span className="frame-count" role="status">
        {(index + 1).toLocaleString('en')} of {count.toLocaleString('en')}
      </span>
      <h2 className="desk-name">{picture?.image.name ?? ''}</h2>
      <span className="label-bar-space" />
      <div className="label-bar-group">
        <UndoButtons />
        <IconButton
          label={isMaskOff ? 'Show the mask' : 'Hide the mask'}
          action="mask.hide"
          icon={<EyeIcon off={isMaskOff} />}
          pressed={isMaskOff}
          side="left"
          onClick={onToggleMask}
        />
      </div>
    </header>
  )
}
