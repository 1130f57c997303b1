import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { scrollShowing, visibleRows } from './virtual-list.ts'
import './items.css'

interface VirtualListProps {
  label: string
  count: number
  /** CSS pixels; all rows are as high. */
  rowHeight: number
  /** Index of the row that is shown; -1 = none. It is kept in sight. */
  current: number
  /** Id of the row's element. */
  idOf: (index: number) => string
  renderRow: (index: number) => ReactNode
  onStep: (by: number, isExtending: boolean) => void
}

/** Rows that a key goes on. */
const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowLeft: -1,
  PageDown: 8,
  PageUp: -8,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

/** A list of any length; only the rows in sight are there. */
export function VirtualList(props: VirtualListProps) {
  const { label, count, rowHeight, current, idOf, renderRow, onStep } = props
  const list = useRef<HTMLDivElement>(null)
  const [scrollTop, setScrollTop] = useState(0)
  const [height, setHeight] = useState(0)
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    setHeight(element.clientHeight)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    const element = list.current
    if (element && current >= 0)
      element.scrollTop = scrollShowing(current, element.scrollTop, element.clientHeight, rowHeight)
  }, [current, rowHeight])
  const { first, end } = visibleRows(scrollTop, height, rowHeight, count)
  const press = (event: KeyboardEvent): void => {
    const by = steps[event.key]
    if (by === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    onStep(by, event.shiftKey)
  }
  return (
    <div
      className="virtual-list"
      ref={list}
      role="listbox"
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={current >= first && current < end ? idOf(current) : undefined}
      tabIndex={0}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onKeyDown={press}
    >
      <div className="virtual-list-all" style={{ height: count * rowHeight }}>
        {Array.from({ length: Math.max(0, end - first) }, (_, i) => (
          <div
            className="virtual-list-row"
            key={idOf(first + i)}
            role="presentation"
            style={{ transform: `translateY(${(first + i) * rowHeight}px)`, height: rowHeight }}
          >
            {renderRow(first + i)}
          </div>
        ))}
      </div>
    </div>
  )
}
