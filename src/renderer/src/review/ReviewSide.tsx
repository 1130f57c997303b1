import { type KeyboardEvent, useRef } from 'react'
import { useStore } from '../state/use-store.ts'
import type { AnsweredPosition } from './items/answered.ts'
import { ChangesPanel } from './items/ChangesPanel.tsx'
import { DoubtsPanel, EventsPanel } from './items/ItemPanels.tsx'
import type { Items } from './items/use-items.ts'
import { CountsPanel } from './numbers/CountsPanel.tsx'
import { useReview } from './review-context.ts'
import type { ListName } from './state/desk.ts'
import type { ReviewActions } from './use-review-actions.ts'

export interface SideProps {
  items: Items
  actions: ReviewActions
  answered: readonly (readonly AnsweredPosition[])[]
}

const tabs: readonly { list: ListName; title: string }[] = [
  { list: 'doubts', title: 'Doubtful' },
  { list: 'events', title: 'Events' },
  { list: 'counts', title: 'Counts' },
  { list: 'changes', title: 'Changes' },
]

const panels: Readonly<Record<ListName, (props: SideProps) => React.ReactNode>> = {
  doubts: DoubtsPanel,
  events: EventsPanel,
  counts: CountsPanel,
  changes: ChangesPanel,
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

/** Lists of what to look at, and the numbers of the chosen region. */
export function ReviewSide(props: SideProps) {
  const { session } = useReview()
  const { list } = useStore(session.desk)
  const row = useRef<HTMLDivElement>(null)
  const Panel = panels[list]
  const move = (event: KeyboardEvent): void => {
    const by = steps[event.key]
    if (by === undefined) return
    event.preventDefault()
    const at = tabs.findIndex((tab) => tab.list === list)
    const index = (at + by + tabs.length) % tabs.length
    session.desk.show(tabs[index]?.list ?? list)
    row.current?.querySelectorAll('button')[index]?.focus()
  }
  return (
    <aside className="review-side" aria-label="What to look at">
      <div
        className="review-tabs"
        role="tablist"
        aria-label="Lists"
        ref={row}
        tabIndex={-1}
        onKeyDown={move}
      >
        {tabs.map((tab) => (
          <button
            type="button"
            role="tab"
            id={`review-tab-${tab.list}`}
            key={tab.list}
            className="review-tab"
            aria-selected={tab.list === list}
            aria-controls="review-panel"
            tabIndex={tab.list === list ? 0 : -1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => session.desk.show(tab.list)}
          >
            {tab.title}
          </button>
        ))}
      </div>
      <div
        className="review-panel"
        role="tabpanel"
        id="review-panel"
        aria-labelledby={`review-tab-${list}`}
      >
        <Panel {...props} />
      </div>
    </aside>
  )
}
