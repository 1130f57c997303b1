import { useEffect } from 'react'
import type { Stage } from '../canvas/stage.ts'
import type { Position } from '../canvas/viewport.ts'
import { useStore } from '../state/use-store.ts'
import type { Press, RegionTools } from './tools.ts'

const reachPx = { mouse: 8, touch: 22 } as const

function pressOf(stage: Stage, { x, y }: Position, event: PointerEvent): Press {
  const kind = event.pointerType === 'touch' ? 'touch' : 'mouse'
  return {
    at: [x, y],
    reach: reachPx[kind] / stage.scale,
    isAdding: event.shiftKey,
    isFree: event.altKey,
  }
}

const cursors = { point: 'move', edge: 'copy', inside: 'move' } as const

/** Gives a stage's pointer to the tool in hand; a drag on nothing moves the picture. */
export function useToolPointer(stage: Stage | null, tools: RegionTools, enabled: boolean): void {
  const { tool, hover } = useStore(tools)
  useEffect(() => {
    const cursor = tool !== 'select' ? 'crosshair' : hover ? cursors[hover.kind] : 'default'
    stage?.setCursor(cursor)
  }, [stage, tool, hover])
  useEffect(() => {
    if (!stage || !enabled) return
    let panned: Position | null = null
    return stage.onPointer({
      down(at, event) {
        const isTaken = tools.down(pressOf(stage, at, event))
        panned = isTaken ? null : { x: event.clientX, y: event.clientY }
      },
      move(at, event) {
        if (!panned) return tools.move(pressOf(stage, at, event))
        stage.panBy(event.clientX - panned.x, event.clientY - panned.y)
        panned = { x: event.clientX, y: event.clientY }
      },
      up(at, event) {
        if (!panned) tools.up(pressOf(stage, at, event))
        panned = null
      },
      cancel() {
        if (!panned) tools.cancel()
        panned = null
      },
      hover(at, event) {
        if (at && event) tools.hover(pressOf(stage, at, event))
        else tools.leave()
      },
    })
  }, [stage, tools, enabled])
}
