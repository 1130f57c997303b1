import { useMemo, useState } from 'react'
import { byteAddress } from '../../../../shared/byte-routes.ts'
import type { Tape } from '../../../../shared/contract/state.ts'
import { askForBytes } from '../../state/ask-for-bytes.ts'
import { useFrameCursor } from '../../state/frame-cursor.ts'
import { useStore } from '../../state/use-store.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { FilmStrip } from '../strip/FilmStrip.tsx'
import { listedFrames, marksOf, type StripFilter } from '../strip/frame-marks.ts'
import { FlagMark, Mark } from '../strip/MarkIcon.tsx'
import { Thumbnails } from '../strip/thumbnails.ts'
import { useLabel } from './label-context.ts'
import './Strip.css'

async function loadThumbnail(address: string, signal: AbortSignal): Promise<string> {
  const response = await askForBytes(address, signal)
  if (!response.ok) throw new Error(`no thumbnail: ${response.status}`)
  return URL.createObjectURL(await response.blob())
}

function useThumbnails(): Thumbnails {
  return useMemo(() => new Thumbnails({ load: loadThumbnail, drop: URL.revokeObjectURL }), [])
}

/** The film strip of a tape, and which of its frames it lists. */
export function Strip({ tape }: { tape: Tape }) {
  const { project, session } = useLabel()
  const { frame, go } = useFrameCursor()
  const [filter, setFilter] = useState<StripFilter>('all')
  const { frames: suggestions } = useStore(session.suggestions)
  const thumbnails = useThumbnails()
  const { frames: known, recipe } = project.state
  const marks = useMemo(() => marksOf(tape.id, known, suggestions), [tape.id, known, suggestions])
  const listed = useMemo(
    () => listedFrames(tape.frames, marks, filter),
    [tape.frames, marks, filter],
  )
  const geometry = recipe?.geometryHash ?? ''
  const thumbnailOf = (number: number): string =>
    // The recipe's hash is no part of the address: it makes the page ask anew after a change.
    `${byteAddress.thumbnail({ project: project.handle, tape: tape.id, frame: number })}#${geometry}`
  return (
    <section className="label-strip" aria-label="Film strip">
      <div className="label-strip-head">
        <Segmented
          label="Frames in the strip"
          value={filter}
          options={[
            { value: 'all', text: 'All' },
            { value: 'labelled', text: 'Labelled' },
            { value: 'suggested', text: 'Suggested' },
            { value: 'flagged', text: 'Flagged' },
          ]}
          onChange={setFilter}
        />
        <ul className="label-legend" aria-label="Marks">
          <li>
            <Mark kind="labelled" /> labelled
          </li>
          <li>
            <Mark kind="empty" /> nobody here
          </li>
          <li>
            <Mark kind="suggested" /> suggested
          </li>
          <li>
            <FlagMark /> flagged
          </li>
        </ul>
      </div>
      {listed.count === 0 ? (
        <p className="label-strip-empty">No frame is {filter} yet.</p>
      ) : (
        <FilmStrip {...{ frames: listed, marks, frame, thumbnails, thumbnailOf }} onChoose={go} />
      )}
    </section>
  )
}
