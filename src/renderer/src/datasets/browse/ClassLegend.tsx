import { backgroundIndex, ignoreIndex, type MaskClass } from '../../../../shared/mask.ts'
import { EyeIcon } from '../../annotate/screen/icons.tsx'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Panel } from '../../ui/Panel.tsx'
import './ClassLegend.css'

const integer = new Intl.NumberFormat('en')

interface ClassLegendProps {
  classes: readonly MaskClass[]
  /** Indices of the classes that are not shown. */
  hidden: readonly number[]
  onHidden: (hidden: readonly number[]) => void
  /** Pixels of classes in the picture that is shown large. */
  pixels?: readonly { index: number; pixels: number }[]
}

/** Which colour is which class; each can be hidden. */
export function ClassLegend({ classes, hidden, onHidden, pixels }: ClassLegendProps) {
  const shown = classes.filter(({ index }) => index !== backgroundIndex)
  const ignored = { index: ignoreIndex, name: 'ignore', colour: '#808080' }
  const toggle = (index: number): void =>
    onHidden(
      hidden.includes(index) ? hidden.filter((other) => other !== index) : [...hidden, index],
    )
  return (
    <Panel title="Classes">
      <ul className="class-legend">
        {[...shown, ignored].map(({ index, name, colour }) => {
          const isHidden = hidden.includes(index)
          const own = pixels?.find((each) => each.index === index)?.pixels
          return (
            <li key={index} className={classNames(isHidden && 'is-hidden')}>
              <span className="class-colour" style={{ background: colour }} />
              <span className="class-name">{name}</span>
              {pixels && <span className="dataset-quiet">{own ? integer.format(own) : ''}</span>}
              <IconButton
                label={isHidden ? `Show ${name}` : `Hide ${name}`}
                icon={<EyeIcon off={isHidden} />}
                pressed={isHidden}
                side="left"
                onClick={() => toggle(index)}
              />
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
