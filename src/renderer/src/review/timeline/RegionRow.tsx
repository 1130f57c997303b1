import { memo, useMemo } from 'react'
import type { Count } from '../../../../shared/count/count.ts'
import { count as amount } from '../../format.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import type { AnsweredPosition } from '../items/answered.ts'
import type { ReviewRegion } from '../state/review-data.ts'
import { percent, stateWord } from '../words.ts'
import { isOccupied } from './columns.ts'
import { Cursor, RowPlot } from './RowPlot.tsx'
import { scoreScale } from './score-scale.ts'
import { ThresholdHandle } from './ThresholdHandle.tsx'
import { type Span, toPosition } from './timeline-view.ts'

/** CSS pixels. */
const rowHeight = 60

interface RegionRowProps {
  region: ReviewRegion
  count: Count
  /** Tried, and kept. */
  threshold: number
  keptThreshold: number
  isOwn: boolean
  answers: readonly AnsweredPosition[]
  left: number
  position: number
  isInRun: boolean
  span: Span
  width: number
  isChosen: boolean
  onChoose: (region: number) => void
  onTry: (region: number, threshold: number) => void
  onGo: (position: number, region: number) => void
}

/** A region: its name and counts, and its timeline. */
export const RegionRow = memo(function RegionRow(props: RegionRowProps) {
  const { region, count, threshold, keptThreshold, isOwn, answers, left } = props
  const { position, isInRun, span, width, isChosen, onChoose, onTry, onGo } = props
  const scale = useMemo(
    () => scoreScale(region.pyramid.highest, keptThreshold, rowHeight),
    [region.pyramid, keptThreshold],
  )
  const row = useMemo(
    () => ({
      ...{ pyramid: region.pyramid, stretches: count.stretches, answers },
      done: region.sums.length,
    }),
    [region, count.stretches, answers],
  )
  const isHere = isInRun ? isOccupied(count.stretches, position) : null
  return (
    <div className="timeline-row" data-chosen={isChosen}>
      <button
        type="button"
        className="timeline-head"
        aria-pressed={isChosen}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onChoose(region.id)}
      >
        <span className="timeline-title">
          <span
            className="region-swatch"
            style={{ background: region.colour }}
            aria-hidden="true"
          />
          <span className="timeline-name">{region.name}</span>
          <span className="state-word" data-occupied={isHere === true}>
            {stateWord(isHere)}
          </span>
        </span>
        <span className="timeline-numbers">
          <strong className="timeline-count">{amount(count.occupied, 'frame')}</strong>
          <span>{percent(count.share)}</span>
          <span>{amount(count.stretches.length / 2, 'event')}</span>
        </span>
        {(left > 0 || region.approximate) && (
          <span className="timeline-notes">
            {left > 0 && <span>{left.toLocaleString('en')} to review</span>}
            {region.approximate && (
              <Tooltip
                side="right"
                text="Drawn or moved after the run: counted from its stored maps. Run the network again for exact numbers."
              >
                <span className="timeline-approximate">approximate</span>
              </Tooltip>
            )}
          </span>
        )}
      </button>
      <div className="timeline-plot" data-plot={region.id} style={{ height: rowHeight }}>
        <RowPlot {...{ row, colour: region.colour, span, scale, width }} />
        <Cursor {...{ position, span, width }} />
        <ThresholdHandle
          {...{ name: region.name, threshold, scale, isOwn }}
          onTry={(value) => onTry(region.id, value)}
          onPress={(x) => onGo(toPosition(x, span, width), region.id)}
        />
      </div>
    </div>
  )
})

interface GroupRowProps {
  name: string
  count: Count
  done: number
  position: number
  isInRun: boolean
  span: Span
  width: number
}

const groupHeight = 42
const noAnswers: readonly AnsweredPosition[] = []

/** A group: occupied where any of its regions is. */
export const GroupRow = memo(function GroupRow(props: GroupRowProps) {
  const { name, count, done, position, isInRun, span, width } = props
  const scale = useMemo(() => scoreScale(0, 0, groupHeight), [])
  const row = useMemo(
    () => ({ pyramid: null, stretches: count.stretches, answers: noAnswers, done }),
    [count.stretches, done],
  )
  const isHere = isInRun ? isOccupied(count.stretches, position) : null
  return (
    <div className="timeline-row is-group">
      <div className="timeline-head">
        <span className="timeline-title">
          <span className="timeline-group">Group</span>
          <span className="timeline-name">{name}</span>
          <span className="state-word" data-occupied={isHere === true}>
            {stateWord(isHere)}
          </span>
        </span>
        <span className="timeline-numbers">
          <strong className="timeline-count">{amount(count.occupied, 'frame')}</strong>
          <span>{percent(count.share)}</span>
          <span>{amount(count.stretches.length / 2, 'event')}</span>
        </span>
      </div>
      <div className="timeline-plot" data-plot="" style={{ height: groupHeight }}>
        <RowPlot {...{ row, colour: '#8a95a0', span, scale, width }} />
        <Cursor {...{ position, span, width }} />
      </div>
    </div>
  )
})
