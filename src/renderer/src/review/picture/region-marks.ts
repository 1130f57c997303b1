/** @file The regions over the frame, with what each counts as. */
import type { RegionState } from '../../../../shared/contract/state.ts'
import type { Mark } from '../../canvas/sketch.ts'
import { stateWord } from '../words.ts'

export interface MarkedRegion {
  drawn: RegionState
  colour: string
  /** Null = the network has not looked at the frame. */
  occupied: boolean | null
  /** What a reviewer said of it in this frame. */
  answer: boolean | null
  isChosen: boolean
}

/** Of the topmost corner, so that the label covers no person if it can be helped. */
function labelPlace(points: RegionState['points']): { x: number; y: number } {
  const [x, y] = points.reduce(
    (top, point) => (point[1] < top[1] ? point : top),
    [0, Number.POSITIVE_INFINITY],
  )
  const xs = points.map((point) => point[0])
  const middle = (Math.min(...xs) + Math.max(...xs)) / 2
  return { x: (x + middle) / 2, y }
}

/** `Door: occupied`, `Door: free, you said occupied`. */
export function regionText({ drawn, occupied, answer }: MarkedRegion): string {
  const counted = `${drawn.name}: ${stateWord(occupied)}`
  if (answer === null) return counted
  return answer === occupied
    ? `${counted} ✓`
    : `${counted}, you said ${answer ? 'occupied' : 'nobody'}`
}

/** Occupied ones are filled and drawn through, free ones dashed: told apart without colour. */
export function regionMarks(regions: readonly MarkedRegion[]): Mark[] {
  const inOrder = [...regions].sort((a, b) => Number(a.isChosen) - Number(b.isChosen))
  return inOrder.flatMap((region): Mark[] => {
    const { drawn, colour, occupied, isChosen } = region
    return [
      {
        kind: 'outline',
        points: drawn.points.map(([x, y]) => ({ x, y })),
        isClosed: true,
        colour,
        width: isChosen ? 3.5 : 2,
        ...(occupied ? { fill: `${colour}30` } : { dash: [6, 5] }),
      },
      {
        kind: 'text',
        at: labelPlace(drawn.points),
        text: regionText(region),
        colour: isChosen ? '#ffffff' : colour,
      },
    ]
  })
}
