import { useEffect } from 'react'
import type { Recipe } from '../../../shared/recipe.ts'
import type { Stage } from '../canvas/stage.ts'
import type { Position } from '../canvas/viewport.ts'
import { HandleTool } from './handle-tool.ts'
import type { Handle } from './handles.ts'
import type { RecipeEditor } from './recipe-editor.ts'

/** How near a pointer must come, in CSS pixels; fingers are broader. */
const reachPx = { mouse: 10, touch: 24 } as const

interface HandlesOptions {
  stage: Stage | null
  editor: RecipeEditor
  handles: (recipe: Recipe) => readonly Handle[]
  enabled: boolean
  /** Where nothing can be taken hold of: another thing to drag; by default the picture. */
  elsewhere?: ((start: Recipe, from: Position, to: Position) => Recipe) | undefined
}

/** Lets the user drag handles on a stage. `handles` must be the same function across renders. */
export function useHandles({ stage, editor, handles, enabled, elsewhere }: HandlesOptions): void {
  useEffect(() => {
    if (!stage || !enabled) return
    const area: Handle | null = elsewhere
      ? { name: 'picture', knob: null, cursor: 'grab', distance: () => 0, drag: elsewhere }
      : null
    const tool = new HandleTool(editor, (recipe) => [...handles(recipe), ...(area ? [area] : [])])
    const reach = ({ pointerType }: PointerEvent): number =>
      reachPx[pointerType === 'touch' ? 'touch' : 'mouse'] / stage.scale
    let panned: Position | null = null
    return stage.onPointer({
      down(at, event) {
        if (tool.down(at, reach(event))) return
        panned = { x: event.clientX, y: event.clientY }
      },
      move(at, event) {
        if (!panned) return tool.move(at)
        stage.panBy(event.clientX - panned.x, event.clientY - panned.y)
        panned = { x: event.clientX, y: event.clientY }
      },
      up() {
        tool.up()
        panned = null
      },
      cancel() {
        tool.cancel()
        panned = null
      },
      hover(at, event) {
        const handle = at && event && tool.at(at, reach(event))
        stage.setCursor(handle ? handle.cursor : 'default')
      },
    })
  }, [stage, editor, handles, enabled, elsewhere])
}
