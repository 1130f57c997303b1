import type { Tape } from '../../../shared/contract/state.ts'
import type { Size } from '../../../shared/recipe.ts'
import { useFrameCursor } from '../state/frame-cursor.ts'
import { useProject } from '../state/project-context.tsx'
import { useServices } from '../state/services.tsx'
import { NoTape } from '../tape/NoTape.tsx'
import { Transport } from '../tape/Transport.tsx'
import { useTapePicture } from '../tape/use-tape-picture.ts'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/Empty.tsx'
import { RegionDetails } from './RegionDetails.tsx'
import { RegionList } from './RegionList.tsx'
import { RegionsPane } from './RegionsPane.tsx'
import './RegionsScreen.css'
import { useRegionKeys } from './use-region-keys.ts'
import { useRegions } from './use-regions.ts'

/** Where the places are drawn in which somebody is to be counted. */
export function RegionsScreen() {
  const { state } = useProject()
  const { route } = useServices()
  const { tape } = useFrameCursor()
  if (!tape) return <NoTape />
  if (!state.recipe)
    return (
      <Empty
        title="First the picture"
        action={
          <Button kind="primary" size="large" onClick={() => route.show('tape')}>
            Set the picture
          </Button>
        }
      >
        <p>Regions are drawn on the straightened picture. Say on the Tape screen what that is.</p>
      </Empty>
    )
  return <RegionsBench tape={tape} size={state.recipe.recipe.size} />
}

function RegionsBench({ tape, size }: { tape: Tape; size: Size }) {
  const { mode, state } = useProject()
  const { frame } = useFrameCursor()
  const drawing = useRegions(size)
  const hash = state.recipe?.geometryHash ?? ''
  const { shown, store } = useTapePicture(tape.id, frame, 'recipe', hash)
  const canEdit = mode === 'write'
  useRegionKeys(drawing, canEdit)
  return (
    <div className="regions-screen">
      <div className="regions-bench">
        <RegionsPane {...drawing} {...{ shown, size, canEdit }} onRetry={() => store.want(frame)} />
        <aside className="regions-side" aria-label="List of regions">
          <RegionList {...drawing} {...{ canEdit, frame }} tape={tape.id} />
          <RegionDetails editor={drawing.editor} canEdit={canEdit} />
        </aside>
      </div>
      <Transport tape={tape} isReady={() => store.isIdle} />
    </div>
  )
}
