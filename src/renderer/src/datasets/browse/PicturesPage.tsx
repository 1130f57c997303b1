import { useEffect, useMemo, useRef, useState } from 'react'
import type { ImageFilter } from '../../../../shared/contract/datasets.ts'
import { paletteOf } from '../../annotate/overlay/palette.ts'
import { useAction } from '../../keys/use-action.ts'
import { useProject } from '../../state/project-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { PictureDesk } from '../paint/PictureDesk.tsx'
import { useCall } from '../use-call.ts'
import { useSet } from '../use-sets.ts'
import { Worked } from '../Working.tsx'
import { ClassLegend } from './ClassLegend.tsx'
import { Filters } from './Filters.tsx'
import type { CellLook } from './ImageCell.tsx'
import { ImageGrid } from './ImageGrid.tsx'
import { paletteKey, smallMasks, smallPictures } from './small-pictures.ts'
import './PicturesPage.css'

/** Pictures that something else has chosen, such as a cell of a table. */
export interface ShownList {
  title: string
  positions: readonly number[]
}

/** Positions of the pictures that a filter finds; those before stay until the next are there. */
function useFound(filter: ImageFilter, isFrozen: boolean) {
  const { client, handle } = useProject()
  const { id, annotated, painted, splits } = useSet()
  const key = JSON.stringify([handle, id, filter, annotated, painted, splits])
  const frozen = useRef(key)
  // What is painted now is no reason to take the picture away that it is painted in.
  if (!isFrozen) frozen.current = key
  const found = useCall(frozen.current, (work) =>
    client.call('datasets.find', { project: handle, set: id, filter }, work),
  )
  const last = useRef<readonly number[] | null>(null)
  if (found.value) last.current = found.value.positions
  return { found, positions: last.current }
}

interface PicturesPageProps {
  list: ShownList | null
  /** Shows all pictures again instead of the list. */
  onAll: () => void
}

/** Looks of the cells, as the user wants them. */
function useLook(hidden: readonly number[], isMasked: boolean): CellLook {
  const { handle, state } = useProject()
  const { id } = useSet()
  const pictures = useMemo(smallPictures, [])
  const masks = useMemo(smallMasks, [])
  const colours = isMasked ? paletteKey(paletteOf(state.classes, hidden)) : null
  return useMemo(
    () => ({ project: handle, set: id, pictures, masks, colours }),
    [handle, id, pictures, masks, colours],
  )
}

/** The pictures of a set as a grid with filters at the side, or one of them large. */
export function PicturesPage({ list, onAll }: PicturesPageProps) {
  const { state } = useProject()
  const [filter, setFilter] = useState<ImageFilter>({})
  const [here, setHere] = useState(0)
  const [isLarge, setLarge] = useState(false)
  const [hidden, setHidden] = useState<readonly number[]>([])
  const [isMasked, setMasked] = useState(true)
  const { found, positions: filtered } = useFound(filter, isLarge)
  const positions = list?.positions ?? filtered
  const look = useLook(hidden, isMasked)
  useAction('mask.hide', () => setMasked(!isMasked), !isLarge)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other pictures begin at the first.
  useEffect(() => setHere(0), [filter, list])
  const position = positions?.[here]
  if (isLarge && positions && position !== undefined)
    return (
      <PictureDesk
        {...{ position, hidden }}
        place={{ index: here, count: positions.length }}
        onHidden={setHidden}
        onGo={setHere}
        onClose={() => setLarge(false)}
      />
    )
  return (
    <div className="pictures-page">
      <aside className="pictures-side" aria-label="Filters">
        {!list && <Filters filter={filter} onChange={setFilter} />}
        <ClassLegend classes={state.classes} hidden={hidden} onHidden={setHidden} />
        <div className="panel">
          <Checkbox label="Show masks" checked={isMasked} onChange={setMasked} />
        </div>
      </aside>
      <div className="pictures-main">
        <p className="pictures-count" role="status">
          {list && (
            <>
              <b>{list.title}</b>
              <Button kind="quiet" onClick={onAll}>
                Show all pictures
              </Button>
            </>
          )}
          {positions && <PictureCount shown={positions.length} />}
        </p>
        <Worked call={found} text="Looking through the masks…" onCancel={() => setFilter({})} />
        {positions && positions.length > 0 && (
          <ImageGrid
            {...{ positions, look, here }}
            onHere={setHere}
            onOpen={(index) => {
              setHere(index)
              setLarge(true)
            }}
          />
        )}
      </div>
    </div>
  )
}

function PictureCount({ shown }: { shown: number }) {
  const { images } = useSet()
  if (shown === 0) return <span>No picture of this set fits.</span>
  const all = images.toLocaleString('en')
  if (shown === images) return <span>{all} pictures</span>
  return (
    <span>
      {shown.toLocaleString('en')} of {all} pictures
    </span>
  )
}
