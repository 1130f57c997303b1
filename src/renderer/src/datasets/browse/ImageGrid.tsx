import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useAction } from '../../keys/use-action.ts'
import { type GridShape, gridShape, scrollShowing, visibleCells } from './grid-view.ts'
import { type CellLook, ImageCell } from './ImageCell.tsx'
import { useImageRows } from './use-image-rows.ts'
import './ImageGrid.css'

interface ImageGridProps {
  /** Of the pictures, in the order in which they are shown. */
  positions: readonly number[]
  look: CellLook
  /** Place of the one that keys are about. */
  here: number
  onHere: (index: number) => void
  onOpen: (index: number) => void
}

interface View {
  top: number
  width: number
  height: number
}

/** What of the grid is in view, as it is scrolled and the window changes. */
function useView(host: React.RefObject<HTMLElement | null>): View {
  const [view, setView] = useState<View>({ top: 0, width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = host.current
    if (!element) return
    const look = (): void => {
      const { scrollTop: top, clientWidth: width, clientHeight: height } = element
      setView({ top, width, height })
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [host])
  return view
}

type Move = (here: number, shape: GridShape, count: number) => number

const moves = {
  'pictures.next': (here) => here + 1,
  'pictures.previous': (here) => here - 1,
  'pictures.below': (here, { columns }, count) => (here + columns < count ? here + columns : here),
  'pictures.above': (here, { columns }) => (here >= columns ? here - columns : here),
  'pictures.first': () => 0,
  'pictures.last': (_, __, count) => count - 1,
} as const satisfies Record<string, Move>

function useMoves(shape: GridShape, { positions, here, onHere, onOpen }: ImageGridProps): void {
  const count = positions.length
  const go = (move: Move): void =>
    onHere(Math.max(0, Math.min(count - 1, move(here, shape, count))))
  const isThere = count > 0
  useAction('pictures.next', () => go(moves['pictures.next']), isThere)
  useAction('pictures.previous', () => go(moves['pictures.previous']), isThere)
  useAction('pictures.below', () => go(moves['pictures.below']), isThere)
  useAction('pictures.above', () => go(moves['pictures.above']), isThere)
  useAction('pictures.first', () => go(moves['pictures.first']), isThere)
  useAction('pictures.last', () => go(moves['pictures.last']), isThere)
  useAction('pictures.open', () => onOpen(here), isThere)
}

/** Pictures in rows; of a hundred thousand only those in view are there. */
export function ImageGrid(props: ImageGridProps) {
  const { positions, look, here, onOpen } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useView(host)
  const count = positions.length
  const shape = gridShape(count, view.width)
  const { first, end } = visibleCells(shape, count, view)
  const shown = view.width > 0 ? positions.slice(first, end) : []
  const rows = useImageRows(look.set, shown)
  useMoves(shape, props)
  const { columns, cellWidth, cellHeight } = shape
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another cell, or another width, scrolls.
  useEffect(() => {
    const element = host.current
    if (!element || view.width === 0) return
    const { scrollTop: top, clientHeight: height } = element
    element.scrollTop = scrollShowing(here, shape, { top, height })
    // Who goes by keys from a cell stays on the cells.
    if (document.activeElement?.closest('.image-grid') === element)
      element.querySelector<HTMLElement>('[aria-current]')?.focus({ preventScroll: true })
  }, [here, columns])
  return (
    <section className="image-grid" ref={host} aria-label="Pictures">
      <div className="image-grid-all" style={{ height: shape.rows * cellHeight }}>
        {shown.map((position, i) => {
          const index = first + i
          return (
            <ImageCell
              key={position}
              image={rows.get(position) ?? null}
              position={position}
              look={look}
              isHere={index === here}
              left={(index % columns) * cellWidth}
              top={Math.floor(index / columns) * cellHeight}
              width={cellWidth}
              onOpen={() => onOpen(index)}
            />
          )
        })}
      </div>
    </section>
  )
}
