import { useState } from 'react'
import { type ActionName, actions } from '../keys/actions.ts'
import { conflictsOf, type KeySettings, keysOf } from '../keys/key-map.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { CloseIcon, PlusIcon, UndoIcon } from '../ui/icons.tsx'
import { Chord } from '../ui/Keycap.tsx'
import { useNextChord } from './use-next-chord.ts'

/** Null gives an action the preset's keys back. */
export type KeyChanges = Partial<Record<ActionName, readonly string[] | null>>

interface KeyRowProps {
  name: ActionName
  settings: KeySettings
  onChange: (changes: KeyChanges) => void
}

interface Clash {
  chord: string
  others: readonly ActionName[]
}

function ClashNotice({
  clash,
  onTake,
  onKeep,
}: {
  clash: Clash
  onTake: () => void
  onKeep: () => void
}) {
  const titles = clash.others.map((other) => `“${actions[other].title}”`).join(' and ')
  return (
    <div className="key-clash" role="alert">
      <p>
        <Chord chord={clash.chord} /> already does {titles}.
      </p>
      <span className="key-clash-ways">
        <Button kind="quiet" onClick={onKeep}>
          Leave it there
        </Button>
        <Button onClick={onTake}>Use it here instead</Button>
      </span>
    </div>
  )
}

/** An action, its keys, and the ways to change them. */
export function KeyRow({ name, settings, onChange }: KeyRowProps) {
  const [isListening, setListening] = useState(false)
  const [clash, setClash] = useState<Clash | null>(null)
  const { title, held } = actions[name]
  const keys = keysOf(name, settings)
  const take = (chord: string, others: readonly ActionName[]): void => {
    const changes: KeyChanges = { [name]: [...new Set([...keys, chord])] }
    for (const other of others)
      changes[other] = keysOf(other, settings).filter((key) => key !== chord)
    onChange(changes)
    setClash(null)
  }
  useNextChord(isListening, held === true, (chord) => {
    setListening(false)
    if (chord === null) return
    const others = conflictsOf(name, chord, settings)
    if (others.length > 0) setClash({ chord, others })
    else take(chord, [])
  })
  return (
    <li className="key-row">
      <span className="key-title">{title}</span>
      <span className="key-chords">
        {keys.map((chord) => (
          <span className="key-chord" key={chord}>
            <Chord chord={chord} />
            <button
              type="button"
              className="key-remove"
              aria-label={`Take ${chord} off “${title}”`}
              onClick={() => onChange({ [name]: keys.filter((key) => key !== chord) })}
            >
              <CloseIcon />
            </button>
          </span>
        ))}
        {keys.length === 0 && !isListening && <span className="key-none">no key</span>}
        {isListening && (
          <span className="key-listening" role="status">
            Press a key…
          </span>
        )}
      </span>
      <span className="key-buttons">
        {settings.keys[name] && (
          <IconButton
            label={`Reset the keys of “${title}”`}
            icon={<UndoIcon />}
            side="left"
            onClick={() => onChange({ [name]: null })}
          />
        )}
        <IconButton
          label={isListening ? 'Stop waiting for a key' : `Add a key for “${title}”`}
          icon={isListening ? <CloseIcon /> : <PlusIcon />}
          side="left"
          onClick={() => setListening(!isListening)}
        />
      </span>
      {clash && (
        <ClashNotice
          clash={clash}
          onTake={() => take(clash.chord, clash.others)}
          onKeep={() => setClash(null)}
        />
      )}
    </li>
  )
}
