/** @file What the reviewer says and where that leads: by keys and by buttons. */
import { useAction } from '../keys/use-action.ts'
import { useProject } from '../state/project-context.tsx'
import { useServices } from '../state/services.tsx'
import type { ReviewItem } from './items/item.ts'
import { nextOpen } from './items/queue.ts'
import type { Modifiers } from './items/selection.ts'
import type { Items } from './items/use-items.ts'
import type { ReviewDesk } from './review-context.ts'
import { placeOf } from './search.ts'
import type { NewAnswer } from './state/answers.ts'
import { thresholdOf } from './state/recount.ts'
import { isOccupied } from './timeline/columns.ts'
import { stepped } from './timeline/score-scale.ts'

export interface ReviewActions {
  /** Answers for what is chosen, or for the region in the shown frame; null = as it is counted. */
  answer(occupied: boolean | null): void
  /** Flags the frame and opens the painter on it. */
  wrong(): void
  step(by: number, modifiers?: Modifiers): void
  open(item: ReviewItem, modifiers: Modifiers): void
  undo(): void
  redo(): void
}

const plain: Modifiers = { adding: false, range: false }
const extending: Modifiers = { adding: false, range: true }

export function useReviewActions(desk: ReviewDesk, { items, keys }: Items): ReviewActions {
  const { session, data, tape, frame, region, goTo } = desk
  const { client, handle } = useProject()
  const { toasts, route } = useServices()
  const goToItem = (key: string | null): void => {
    const item = key === null ? undefined : items[keys.indexOf(key)]
    if (item) goTo(item.frame, item.region)
  }
  const chosenItems = (): ReviewItem[] => {
    const { chosen } = session.desk.get().selection
    return items.filter(({ key }) => chosen.has(key))
  }
  /** What a region is counted as in a frame; null where the network has not looked at it. */
  const countedAs = (id: number, at: number): boolean | null => {
    const index = data.regions.findIndex((one) => one.id === id)
    const count = session.recount.get().counts[index]
    const position = placeOf(data.frames, at)
    if (!count || position < 0 || position >= data.done) return null
    return isOccupied(count.stretches, position)
  }
  const isOpen = (index: number): boolean => {
    const item = items[index]
    return item !== undefined && session.answers.answerOf(item.region, item.frame) === null
  }
  /** After an answer about the item that is shown: on to the next without one. */
  const goOn = (): void => {
    const { current } = session.desk.get().selection
    const here = current === null ? -1 : keys.indexOf(current)
    const item = items[here]
    if (!item || item.frame !== frame || item.region !== region.id) return
    const next = nextOpen(items.length, here, isOpen)
    if (next < 0) return
    session.desk.click(keys, keys.keyAt(next), plain)
    goToItem(keys.keyAt(next))
  }
  return {
    answer(occupied) {
      const many = chosenItems()
      const subjects = many.length > 1 ? many : [{ region: region.id, frame }]
      const answers = subjects.flatMap(({ region: id, frame: at }): NewAnswer[] => {
        const said = occupied ?? countedAs(id, at)
        return said === null ? [] : [{ region: id, frame: at, occupied: said }]
      })
      const told = session.answers.answer(answers)
      if (many.length > 1)
        toasts.tell(
          told === 0
            ? 'All of these were answered so.'
            : `${told.toLocaleString('en')} frames answered.`,
        )
      else goOn()
    },
    wrong() {
      const at = { project: handle, tape: tape.id, frame }
      client.call('labels.flag', { ...at, flagged: true }).catch((error) => toasts.fail(error))
      route.show('label')
    },
    step: (by, modifiers) => goToItem(session.desk.step(keys, by, modifiers)),
    open(item, modifiers) {
      session.desk.click(keys, item.key, modifiers)
      goTo(item.frame, item.region)
    },
    undo() {
      const [first] = session.answers.undo()
      if (first) goTo(first.frame, first.region)
    },
    redo() {
      const [first] = session.answers.redo()
      if (first) goTo(first.frame, first.region)
    },
  }
}

const many = 10
/** Shares of what a timeline shows, and the factor of a press of a zoom key. */
const panShare = 0.25
const zoomFactor = 1.6

export function useReviewKeys(desk: ReviewDesk, actions: ReviewActions, { keys }: Items): void {
  const { session, data, canWrite, position, regionIndex, goTo } = desk
  const { view, recount } = session
  const chooseNext = (by: number): void => {
    const next = data.regions[(regionIndex + by + data.regions.length) % data.regions.length]
    if (next) session.desk.chooseRegion(next.id)
  }
  const moveBy = (positions: number): void => {
    const last = data.frames.length - 1
    goTo(data.frames[Math.min(last, Math.max(0, position + positions))] ?? 0)
  }
  const turn = (steps: number): void =>
    recount.tryThreshold(regionIndex, stepped(thresholdOf(recount.get().tried, regionIndex), steps))
  useAction('review.occupied', () => actions.answer(true), canWrite)
  useAction('review.empty', () => actions.answer(false), canWrite)
  useAction('review.confirm', () => actions.answer(null), canWrite)
  useAction('review.wrong', actions.wrong, canWrite)
  useAction('review.undo', actions.undo, canWrite)
  useAction('review.redo', actions.redo, canWrite)
  useAction('review.next', () => actions.step(1))
  useAction('review.previous', () => actions.step(-1))
  useAction('review.extendNext', () => actions.step(1, extending))
  useAction('review.extendPrevious', () => actions.step(-1, extending))
  useAction('review.all', () => session.desk.all(keys))
  useAction('review.fewer', () => session.desk.fewer())
  useAction('review.nextRegion', () => chooseNext(1))
  useAction('review.previousRegion', () => chooseNext(-1))
  useAction('review.frameOn', () => moveBy(1))
  useAction('review.frameBack', () => moveBy(-1))
  useAction('review.framesOn', () => moveBy(many))
  useAction('review.framesBack', () => moveBy(-many))
  useAction('review.first', () => moveBy(Number.NEGATIVE_INFINITY))
  useAction('review.last', () => moveBy(Number.POSITIVE_INFINITY))
  useAction('review.zoomIn', () => view.zoomAt(position + 0.5, zoomFactor))
  useAction('review.zoomOut', () => view.zoomAt(position + 0.5, 1 / zoomFactor))
  useAction('review.fit', () => view.fit())
  useAction('review.panOn', () => view.panByShare(panShare))
  useAction('review.panBack', () => view.panByShare(-panShare))
  useAction('review.raise', () => turn(1))
  useAction('review.lower', () => turn(-1))
}
