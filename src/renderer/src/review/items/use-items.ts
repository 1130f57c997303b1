/** @file The list that is shown, and what is left to look at. */
import { useEffect, useMemo } from 'react'
import { useServices } from '../../state/services.tsx'
import { useStore } from '../../state/use-store.ts'
import type { ReviewData } from '../state/review-data.ts'
import type { ReviewSession } from '../state/review-session.ts'
import { unreviewed } from '../state/unreviewed.ts'
import { useLater } from '../state/use-later.ts'
import { type AnsweredPosition, answeredPositions } from './answered.ts'
import { eventItems } from './events.ts'
import type { DoubtItem, ReviewItem } from './item.ts'
import { leftToReview, openDoubts } from './queue.ts'
import { type ItemKeys, itemKeys } from './selection.ts'

const noDoubts: readonly DoubtItem[] = []

export interface Items {
  items: readonly ReviewItem[]
  keys: ItemKeys
}

/** The items of the chosen list; events follow a threshold that is dragged a little later. */
export function useItems(session: ReviewSession, data: ReviewData, regionIndex: number): Items {
  const { list } = useStore(session.desk)
  const doubts = useStore(session.doubts).value ?? noDoubts
  const changes = useStore(session.changes).value
  const count = useLater(session.recount).counts[regionIndex]
  const region = data.regions[regionIndex]
  const items = useMemo((): readonly ReviewItem[] => {
    if (list === 'doubts') return doubts
    if (list === 'changes') return changes ?? []
    if (!region || !count) return []
    const { sums } = region
    return eventItems({
      ...{ region: region.id, sums, stretches: count.stretches, frames: data.frames },
    })
  }, [list, doubts, changes, region, count, data.frames])
  const keys = useMemo(() => itemKeys(items.map(({ key }) => key)), [items])
  useEffect(() => session.desk.keep(keys), [session, keys])
  return { items, keys }
}

/** What was answered in each region, in the order of the regions. */
export function useAnswered(session: ReviewSession, data: ReviewData) {
  const { answers } = useStore(session.answers)
  const { frames, regions } = data
  return useMemo(
    () =>
      regions.map(({ id }): readonly AnsweredPosition[] =>
        answeredPositions(answers.get(id), frames),
      ),
    [answers, frames, regions],
  )
}

/** How many items are left in each region; the sum is told to the rail. */
export function useLeft(
  session: ReviewSession,
  data: ReviewData,
  answered: readonly (readonly AnsweredPosition[])[],
): readonly number[] {
  const { route } = useServices()
  const { counts } = useLater(session.recount)
  const doubts = useStore(session.doubts).value ?? noDoubts
  const left = useMemo(
    () =>
      data.regions.map(({ id }, index) =>
        leftToReview({
          stretches: counts[index]?.stretches ?? new Uint32Array(),
          answered: answered[index]?.map(({ position }) => position) ?? [],
          frames: data.frames,
          doubts: openDoubts(
            doubts.filter(({ region }) => region === id),
            (region, frame) => session.answers.answerOf(region, frame) !== null,
          ),
        }),
      ),
    [session, data, counts, doubts, answered],
  )
  const sum = left.reduce((all, one) => all + one, 0)
  const { project } = useStore(route)
  useEffect(() => unreviewed.tell(project, sum), [project, sum])
  return left
}
