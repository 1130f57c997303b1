import { useEffect, useState } from 'react'
import { useStore } from '../../state/use-store.ts'
import './StatusBar.css'
import { classNameOf } from './ClassPicker.tsx'
import { useLabel } from './label-context.ts'
import { SaveState } from './SaveState.tsx'

function useScale(): number {
  const { stage } = useLabel()
  const [scale, setScale] = useState(stage.scale)
  useEffect(() => stage.onView((view) => setScale(view.scale)), [stage])
  return scale
}

/** Coordinates, colour and class under the cursor. */
function CursorReadout() {
  const { readout, project } = useLabel()
  const under = useStore(readout)
  if (!under) return <span className="readout-rest">Move over the picture to see its pixels</span>
  const { x, y, colour, classIndex } = under
  return (
    <>
      <span className="readout-place">
        x {x} · y {y}
      </span>
      {colour && (
        <span className="readout-colour">
          <span className="class-colour" style={{ background: `rgb(${colour.join(' ')})` }} />
          {colour.join(', ')}
        </span>
      )}
      <span>{classNameOf(project.state.classes, classIndex)}</span>
    </>
  )
}

/** The line below the picture. */
export function StatusBar() {
  const scale = useScale()
  return (
    <footer className="label-status">
      <div className="readout">
        <CursorReadout />
      </div>
      <span className="label-zoom">{Math.round(scale * 100)} %</span>
      <SaveState />
    </footer>
  )
}
