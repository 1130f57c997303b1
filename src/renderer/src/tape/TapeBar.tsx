import { useState } from 'react'
import type { Tape } from '../../../shared/contract/state.ts'
import { useFrameCursor } from '../state/frame-cursor.ts'
import { useProject } from '../state/project-context.tsx'
import { Button } from '../ui/Button.tsx'
import { ClockIcon, PlusIcon } from '../ui/icons.tsx'
import { StartTimeDialog } from './StartTimeDialog.tsx'
import { TapePathDialog } from './TapePathDialog.tsx'
import { countText, timeText } from './time-text.ts'

type Asked = 'add' | 'relink' | 'start' | null

/** Which tape it is, what it holds, when it starts; and how another one is added. */
export function TapeBar({ tape, canEdit }: { tape: Tape; canEdit: boolean }) {
  const { state } = useProject()
  const { choose } = useFrameCursor()
  const [asked, setAsked] = useState<Asked>(null)
  const close = (): void => setAsked(null)
  const { frames, frameRate, seconds, width, height, startTime } = tape
  const facts = [
    `${countText(frames)} frames`,
    timeText(seconds).replace(/\.\d+$/, ''),
    `${Number(frameRate.toFixed(2))} frames a second`,
    `${width} × ${height}`,
  ]
  return (
    <>
      <header className="tape-bar">
        {state.tapes.length > 1 ? (
          <select
            className="input tape-bar-name"
            aria-label="Tape"
            value={tape.id}
            onChange={(event) => choose(Number(event.target.value))}
          >
            {state.tapes.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          <span className="tape-bar-name" title={tape.path}>
            {tape.name}
          </span>
        )}
        <span className="tape-bar-facts">{facts.join(' · ')}</span>
        <Button
          kind="quiet"
          icon={<ClockIcon />}
          disabled={!canEdit}
          onClick={() => setAsked('start')}
        >
          {startTime ? `Starts ${startTime.replace('T', ' ')}` : 'Start time…'}
        </Button>
        <Button
          kind="quiet"
          icon={<PlusIcon />}
          disabled={!canEdit}
          onClick={() => setAsked('add')}
        >
          Add tape…
        </Button>
      </header>
      {(tape.missing || tape.problem) && (
        <p className="tape-bar-problem" role="alert">
          {tape.missing ? `The tape is not at ${tape.path} any more.` : tape.problem}
          {tape.missing && canEdit && <Button onClick={() => setAsked('relink')}>Find it…</Button>}
        </p>
      )}
      {asked === 'start' && <StartTimeDialog tape={tape} onClose={close} />}
      {asked === 'add' && <TapePathDialog onClose={close} />}
      {asked === 'relink' && <TapePathDialog tape={tape} onClose={close} />}
    </>
  )
}
