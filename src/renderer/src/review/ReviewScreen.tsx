import { useEffect, useMemo } from 'react'
import type { Tape } from '../../../shared/contract/state.ts'
import { useFrameCursor } from '../state/frame-cursor.ts'
import { useProject } from '../state/project-context.tsx'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { NoTape } from '../tape/NoTape.tsx'
import { useTimes } from '../tape/use-times.ts'
import { Notice } from '../ui/Notice.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import { NoFrames, NoPicture, NoRegions, NothingRun } from './empty-states.tsx'
import { useAnswered, useItems, useLeft } from './items/use-items.ts'
import { AnswerBar } from './picture/AnswerBar.tsx'
import { ReviewPicture } from './picture/ReviewPicture.tsx'
import { ReviewBar } from './ReviewBar.tsx'
import { ReviewContext, type ReviewDesk } from './review-context.ts'
import './ReviewScreen.css'
import { ReviewSide } from './ReviewSide.tsx'
import { nearestPlace } from './search.ts'
import type { ReviewData } from './state/review-data.ts'
import { hasUnsentAnswers, type ReviewSession, reviewSessionOf } from './state/review-session.ts'
import { Timelines } from './timeline/Timelines.tsx'
import { useReviewActions, useReviewKeys } from './use-review-actions.ts'

/** Where the counts of a run are checked until they can be signed. */
export function ReviewScreen() {
  const { state } = useProject()
  const { tape } = useFrameCursor()
  if (!tape) return <NoTape />
  if (tape.frames === 0) return <NoFrames />
  if (!state.recipe) return <NoPicture />
  return <Review key={tape.id} tape={tape} />
}

/** Frames from which on the scores of a run under way are fetched seldom. */
const many = 100_000

/** Keeps a session up to date with the engine as long as it is looked at. */
function useFollowed(session: ReviewSession): void {
  const { client, handle, state } = useProject()
  const { engine } = useServices()
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changed, it may be the run.
  useEffect(() => void session.store.refresh(), [session, client, handle, state])
  useEffect(
    () =>
      engine.subscribe(() => {
        if (engine.get().status === 'open') session.answers.retry()
      }),
    [engine, session],
  )
  const run = useStore(session.store).data?.review.run
  const everyMs = run?.state === 'running' ? (run.frames > many ? 60_000 : 5000) : null
  useEffect(() => {
    if (everyMs === null) return
    const timer = setInterval(() => void session.store.refresh(), everyMs)
    return () => clearInterval(timer)
  }, [session, everyMs])
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (hasUnsentAnswers()) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
}

function Review({ tape }: { tape: Tape }) {
  const project = useProject()
  const session = useMemo(() => reviewSessionOf(project, tape), [project, tape])
  const { status, data, error } = useStore(session.store)
  useFollowed(session)
  if (data && data.regions.length > 0)
    return <ReviewDeskView session={session} data={data} tape={tape} />
  if (error?.code === 'no-regions' || data) return <NoRegions />
  if (error)
    return (
      <div className="review-failure">
        <Notice error={error} action="Try again" onAction={() => void session.store.refresh()} />
      </div>
    )
  if (status === 'none') return <NothingRun tape={tape} />
  return <Waiting text="Reading the scores…" />
}

interface ReviewDeskViewProps {
  session: ReviewSession
  data: ReviewData
  tape: Tape
}

function useDesk({ session, data, tape }: ReviewDeskViewProps): ReviewDesk {
  const { mode } = useProject()
  const { frame, go } = useFrameCursor()
  const { region: chosen } = useStore(session.desk)
  const times = useTimes(tape)
  const { frames, regions } = data
  const seconds = useMemo(
    () => Float64Array.from(frames, (index) => times[index] ?? 0),
    [frames, times],
  )
  const regionIndex = Math.max(
    0,
    regions.findIndex(({ id }) => id === chosen),
  )
  const region = regions[regionIndex]
  if (!region) throw new Error('a review has at least one region')
  const position = nearestPlace(frames, frame)
  const isInRun = position < data.done && frames[position] === frame
  useEffect(() => session.view.reveal(position), [session, position])
  return {
    ...{ session, data, tape, seconds, frame, position, isInRun, region, regionIndex },
    canWrite: mode === 'write',
    goTo(target, id) {
      if (id !== undefined) session.desk.chooseRegion(id)
      go(target)
    },
  }
}

function ReviewDeskView(props: ReviewDeskViewProps) {
  const { session, data } = props
  const desk = useDesk(props)
  const items = useItems(session, data, desk.regionIndex)
  const answered = useAnswered(session, data)
  const left = useLeft(session, data, answered)
  const actions = useReviewActions(desk, items)
  useReviewKeys(desk, actions, items)
  return (
    <ReviewContext.Provider value={desk}>
      <div className="review-screen">
        <ReviewBar />
        <section className="review-picture" aria-label="The frame">
          <ReviewPicture />
          <AnswerBar actions={actions} />
        </section>
        <ReviewSide {...{ items, actions, answered }} />
        <Timelines {...{ answered, left }} />
      </div>
    </ReviewContext.Provider>
  )
}
