import { useCallback, useMemo, useRef } from 'react'
import { FitIcon, ZoomInIcon, ZoomOutIcon } from '../../canvas/icons.tsx'
import { useStore } from '../../state/use-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { AnsweredPosition } from '../items/answered.ts'
import { TrialBar } from '../numbers/TrialBar.tsx'
import { useReview } from '../review-context.ts'
import { thresholdOf } from '../state/recount.ts'
import { GroupRow, RegionRow } from './RegionRow.tsx'
import './Timelines.css'
import { ticksOf } from './ticks.ts'
import { usePlotPointer, useWidth } from './use-plot.ts'

interface TimelinesProps {
  answered: readonly (readonly AnsweredPosition[])[]
  left: readonly number[]
}

const zoomFactor = 1.6
const nobody: readonly AnsweredPosition[] = []

/** The whole tape, region by region; all timelines show the same stretch. */
export function Timelines({ answered, left }: TimelinesProps) {
  const { session, data, position, isInRun, regionIndex, goTo } = useReview()
  const host = useRef<HTMLElement>(null)
  const axis = useRef<HTMLDivElement>(null)
  const width = useWidth(axis)
  const span = useStore(session.view)
  const { tried, kept, counts, groups } = useStore(session.recount)
  const latestGo = useRef(goTo)
  latestGo.current = goTo
  const { frames } = data
  const goToPosition = useCallback(
    (at: number, region?: number): void => {
      const frame = frames[Math.min(frames.length - 1, Math.max(0, Math.floor(at)))]
      if (frame !== undefined) latestGo.current(frame, region)
    },
    [frames],
  )
  usePlotPointer(host, session.view, ({ position: at, name }) =>
    goToPosition(at, name === '' ? undefined : Number(name)),
  )
  const choose = useCallback((region: number) => session.desk.chooseRegion(region), [session])
  const { regions } = data
  const tryThreshold = useCallback(
    (region: number, threshold: number) => {
      session.desk.chooseRegion(region)
      const index = regions.findIndex(({ id }) => id === region)
      session.recount.tryThreshold(index, threshold)
    },
    [session, regions],
  )
  const zoom = (factor: number): void => session.view.zoomAt(position + 0.5, factor)
  return (
    <section className="timelines" aria-label="Timelines" ref={host}>
      <TrialBar />
      <div className="timeline-row timeline-top">
        <div className="timeline-tools">
          <IconButton
            label="Farther in time"
            icon={<ZoomOutIcon />}
            action="review.zoomOut"
            side="right"
            onClick={() => zoom(1 / zoomFactor)}
          />
          <IconButton
            label="Closer in time"
            icon={<ZoomInIcon />}
            action="review.zoomIn"
            side="right"
            onClick={() => zoom(zoomFactor)}
          />
          <IconButton
            label="Show all of the tape"
            icon={<FitIcon />}
            action="review.fit"
            side="right"
            onClick={() => session.view.fit()}
          />
          <span className="timeline-legend">
            <span>
              <i className="legend-yes" /> answered occupied
            </span>
            <span>
              <i className="legend-no" /> nobody
            </span>
          </span>
        </div>
        <div className="timeline-axis" data-plot="" ref={axis}>
          <Ticks width={width} />
        </div>
      </div>
      <div className="timeline-rows">
        {regions.map((region, index) => {
          const count = counts[index]
          if (!count) return null
          return (
            <RegionRow
              key={region.id}
              {...{ region, count, position, isInRun, span, width }}
              threshold={thresholdOf(tried, index)}
              keptThreshold={thresholdOf(kept, index)}
              isOwn={(tried.thresholds[index] ?? null) !== null}
              answers={answered[index] ?? nobody}
              left={left[index] ?? 0}
              isChosen={index === regionIndex}
              onChoose={choose}
              onTry={tryThreshold}
              onGo={goToPosition}
            />
          )
        })}
        {[...groups].map(([name, count]) => (
          <GroupRow
            key={name}
            {...{ name, count, done: data.done, position, isInRun, span, width }}
          />
        ))}
      </div>
    </section>
  )
}

/** The marks of the axis, and where the shown frame is. */
function Ticks({ width }: { width: number }) {
  const { session, data, seconds } = useReview()
  const span = useStore(session.view)
  const { frames, review } = data
  const { startTime } = review
  const ticks = useMemo(
    () => ticksOf({ seconds, frames, startTime }, span, width),
    [seconds, frames, startTime, span, width],
  )
  return ticks.map(({ x, time, frame }) => (
    <span className="timeline-tick" key={`${time} ${frame}`} style={{ left: x }}>
      <span>{time}</span>
      <small>{frame.toLocaleString('en')}</small>
    </span>
  ))
}
