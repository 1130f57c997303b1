import { useEffect, useState } from 'react'
import type { Tape } from '../../../shared/contract/state.ts'
import { useAction } from '../keys/use-action.ts'
import { useFrameCursor } from '../state/frame-cursor.ts'
import { IconButton } from '../ui/IconButton.tsx'
import {
  JumpBackIcon,
  JumpOnIcon,
  PauseIcon,
  PlayIcon,
  StepBackIcon,
  StepOnIcon,
} from './icons.tsx'
import { frameAtTime } from './playback.ts'
import { clockText, countText, parseTime, timeText } from './time-text.ts'
import './Transport.css'
import { usePlayer } from './use-player.ts'
import { useTimes } from './use-times.ts'

interface TransportProps {
  tape: Tape
  /** Whether the picture of the frame before has come, for playing. */
  isReady: () => boolean
}

const jump = 10

/** The bar below a picture: play, steps, the scrubber, and exactly where one is. */
export function Transport({ tape, isReady }: TransportProps) {
  const { frame, go, step } = useFrameCursor()
  const times = useTimes(tape)
  const player = usePlayer({ times, frame, go, isReady })
  useAction('tape.play', player.toggle)
  const seconds = times[frame] ?? 0
  const clock = tape.startTime ? clockText(tape.startTime, seconds) : null
  return (
    <section className="transport" aria-label="Frames">
      <div className="transport-buttons">
        <IconButton
          label="10 frames back"
          icon={<JumpBackIcon />}
          action="frame.back"
          side="above"
          onClick={() => step(-jump)}
        />
        <IconButton
          label="Previous frame"
          icon={<StepBackIcon />}
          action="frame.previous"
          side="above"
          onClick={() => step(-1)}
        />
        <IconButton
          className="transport-play"
          label={player.isPlaying ? 'Pause' : 'Play'}
          icon={player.isPlaying ? <PauseIcon /> : <PlayIcon />}
          action="tape.play"
          side="above"
          onClick={player.toggle}
        />
        <IconButton
          label="Next frame"
          icon={<StepOnIcon />}
          action="frame.next"
          side="above"
          onClick={() => step(1)}
        />
        <IconButton
          label="10 frames on"
          icon={<JumpOnIcon />}
          action="frame.forward"
          side="above"
          onClick={() => step(jump)}
        />
      </div>
      <input
        className="slider-input transport-scrubber"
        type="range"
        aria-label="Frame"
        aria-valuetext={`Frame ${countText(frame)}, ${timeText(seconds)}`}
        min={0}
        max={Math.max(1, tape.frames - 1)}
        value={frame}
        style={{ '--share': `${(frame / Math.max(1, tape.frames - 1)) * 100}%` }}
        onChange={(event) => go(event.target.valueAsNumber)}
      />
      <Place
        label="Frame number"
        value={String(frame)}
        behind={`/ ${countText(Math.max(0, tape.frames - 1))}`}
        width={8}
        onEnter={(text) => {
          const number = Number(text.replaceAll(',', ''))
          if (text.trim() !== '' && Number.isFinite(number)) go(number)
        }}
      />
      <Place
        label="Time on the tape"
        value={timeText(seconds)}
        behind={clock ?? ''}
        width={10}
        onEnter={(text) => {
          const time = parseTime(text)
          if (time !== null) go(frameAtTime(times, time))
        }}
      />
    </section>
  )
}

interface PlaceProps {
  label: string
  value: string
  behind: string
  /** In characters. */
  width: number
  onEnter: (text: string) => void
}

/** Shows where one is, and takes where one wants to be. */
function Place({ label, value, behind, width, onEnter }: PlaceProps) {
  const [text, setText] = useState<string | null>(null)
  // The cursor moved: what was begun to be typed is about another place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => setText(null), [value])
  const enter = (): void => {
    if (text !== null) onEnter(text)
    setText(null)
  }
  return (
    <span className="transport-place">
      <input
        className="input transport-field"
        aria-label={label}
        inputMode="numeric"
        value={text ?? value}
        style={{ width: `${width + 2}ch` }}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={enter}
        onKeyDown={(event) => {
          // Leaving the field gives the keys back to the picture.
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') setText(null)
        }}
      />
      {behind && <span className="transport-behind">{behind}</span>}
    </span>
  )
}
