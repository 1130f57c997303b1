/** @file The lists of doubtful frames and of events. */
import type { ReactNode } from 'react'
import { count as amount } from '../../format.ts'
import { useStore } from '../../state/use-store.ts'
import { Button } from '../../ui/Button.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import type { SideProps } from '../ReviewSide.tsx'
import { useReview } from '../review-context.ts'
import { placeOf } from '../search.ts'
import { thresholdOf } from '../state/recount.ts'
import { lengthText, score, timeOf, whyOf } from '../words.ts'
import { isReviewed } from './events.ts'
import { ItemList } from './ItemList.tsx'
import type { ReviewItem } from './item.ts'

export function PanelText({ children }: { children: ReactNode }) {
  return <p className="review-text">{children}</p>
}

const saidText = (occupied: boolean | null): string | null =>
  occupied === null ? null : occupied ? 'occupied' : 'nobody'

/** Time of an item's frame, and its number. */
export function useWhen(): (frame: number) => string {
  const { data, seconds } = useReview()
  return (frame) => {
    const at = placeOf(data.frames, frame)
    const time = timeOf(seconds[Math.max(0, at)] ?? 0, data.review.startTime)
    return `${time} · frame ${frame.toLocaleString('en')}`
  }
}

/** Frames that are worth a look in the first place, of all regions. */
export function DoubtsPanel({ items, actions }: SideProps) {
  const { session, data } = useReview()
  const { value, isAsking, error } = useStore(session.doubts)
  const { tried } = useStore(session.recount)
  const { answers } = useStore(session.answers)
  const when = useWhen()
  const saidOf = ({ region, frame }: ReviewItem): string | null =>
    saidText(answers.get(region)?.get(frame) ?? null)
  if (error)
    return (
      <PanelText>
        {error.message}. {error.hint}{' '}
        <Button onClick={() => void session.doubts.ask(data.review.run.id)}>Try again</Button>
      </PanelText>
    )
  if (value === null) return <Waiting text="Looking for doubtful frames…" />
  const left = items.items.filter((item) => saidOf(item) === null).length
  const again = (
    <Button
      kind="quiet"
      disabled={isAsking}
      onClick={() => void session.doubts.ask(data.review.run.id)}
    >
      {isAsking ? 'Looking…' : 'Look again'}
    </Button>
  )
  if (left === 0)
    return (
      <PanelText>
        {items.items.length > 0
          ? 'All of these are answered. '
          : 'No frame is doubtful: every score is far from its threshold. '}
        {again}
      </PanelText>
    )
  return (
    <>
      <PanelText>
        <b>{amount(left, 'doubtful frame')}</b> left, the most doubtful first. Is somebody there?{' '}
        {again}
      </PanelText>
      <ItemList
        {...{ label: 'Doubtful frames', items, actions, isMixed: true, saidOf }}
        wordsOf={(item) => {
          const index = data.regions.findIndex(({ id }) => id === item.region)
          const threshold = thresholdOf(tried, index)
          const value = item.kind === 'doubt' ? item.score : 0
          return {
            time: when(item.frame),
            title: whyOf(item, threshold),
            about: `${score(value)}, threshold ${score(threshold)}`,
          }
        }}
      />
    </>
  )
}

/** The events of the chosen region. */
export function EventsPanel({ items, actions, answered }: SideProps) {
  const { data, region, regionIndex, seconds } = useReview()
  const positions = (answered[regionIndex] ?? []).map(({ position }) => position)
  const spanOf = (first: number, last: number): number => {
    const frameLength = (seconds.at(-1) ?? 0) / Math.max(1, seconds.length - 1)
    return (seconds[last] ?? 0) - (seconds[first] ?? 0) + frameLength
  }
  if (items.items.length === 0)
    return (
      <PanelText>
        Nobody was in <b>{region.name}</b>, as it is counted now. Drag its threshold down if that
        cannot be.
      </PanelText>
    )
  return (
    <>
      <PanelText>
        <b>{amount(items.items.length, 'event')}</b> in {region.name}: times in which somebody is
        there without a gap.
      </PanelText>
      <ItemList
        {...{ label: `Events in ${region.name}`, items, actions, isMixed: false }}
        saidOf={(item) =>
          item.kind === 'event' && isReviewed(item, positions) ? 'reviewed' : null
        }
        wordsOf={(item) => {
          if (item.kind !== 'event') return { time: '', title: '', about: '' }
          const { first, last, peak } = item
          const from = timeOf(seconds[first] ?? 0, data.review.startTime)
          return {
            time: `${from} · frame ${(data.frames[first] ?? 0).toLocaleString('en')}`,
            title: lengthText(last - first + 1, spanOf(first, last)),
            about: `highest score ${score(peak)}`,
          }
        }}
      />
    </>
  )
}
