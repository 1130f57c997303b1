import { Fragment } from 'react'
import type { ActionName } from '../keys/actions.ts'
import { keycaps } from '../keys/chord.ts'
import { useKeysOf } from '../keys/use-action.ts'
import './Keycap.css'

/** A chord as keys to press together. */
export function Chord({ chord }: { chord: string }) {
  return (
    <span className="chord">
      {keycaps(chord).map((key) => (
        <kbd className="keycap" key={key}>
          {key}
        </kbd>
      ))}
    </span>
  )
}

/** The keys of an action, as the user has them; `first` = one of them is enough. */
export function KeysOf({ action, first = false }: { action: ActionName; first?: boolean }) {
  const keys = useKeysOf(action)
  return (first ? keys.slice(0, 1) : keys).map((chord, index) => (
    <Fragment key={chord}>
      {index > 0 && <span className="chord-or"> or </span>}
      <Chord chord={chord} />
    </Fragment>
  ))
}
