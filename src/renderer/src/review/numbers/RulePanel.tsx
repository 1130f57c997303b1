import { useStore } from '../../state/use-store.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { NumberField } from '../../ui/inputs.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useReview } from '../review-context.ts'
import { thresholdOf } from '../state/recount.ts'

const mostFrames = 100_000
const mostPixels = 10_000_000

/** A number of frames as time on this tape: ` = 0.8 s`. */
function useFrameTime(): (frames: number) => string {
  const { tape } = useReview()
  return (frames) =>
    tape.frameRate > 0 && frames > 0 ? ` (${(frames / tape.frameRate).toFixed(1)} s)` : ''
}

/** From when on a frame counts as occupied, and how flicker is smoothed. What changes is tried first. */
export function RulePanel() {
  const { session, region, regionIndex } = useReview()
  const { tried } = useStore(session.recount)
  const { recount } = session
  const timeOf = useFrameTime()
  const own = tried.thresholds[regionIndex] ?? null
  const { enter, leave } = tried.rule
  return (
    <Panel title="How it is counted">
      <div className="rule-fields">
        <NumberField
          label={own === null ? 'Threshold of all regions' : `Threshold of ${region.name}`}
          hint="Pixels of person, weighted by how sure the network is. A frame with more is occupied."
          value={thresholdOf(tried, regionIndex)}
          min={0}
          max={mostPixels}
          digits={thresholdOf(tried, regionIndex) < 10 ? 1 : 0}
          onCommit={(value) => recount.tryThreshold(regionIndex, value)}
        />
        <Checkbox
          label={`${region.name} has a threshold of its own`}
          checked={own !== null}
          onChange={(isOwn) =>
            recount.tryOwn(regionIndex, isOwn ? thresholdOf(tried, regionIndex) : null)
          }
        />
        <div className="rule-durations">
          <NumberField
            label={`Enter: frames${timeOf(enter)}`}
            hint="Shorter visits are not counted."
            value={enter}
            min={0}
            max={mostFrames}
            onCommit={(value) => recount.tryRule({ enter: Math.round(value) })}
          />
          <NumberField
            label={`Leave: frames${timeOf(leave)}`}
            hint="Shorter gaps are filled."
            value={leave}
            min={0}
            max={mostFrames}
            onCommit={(value) => recount.tryRule({ leave: Math.round(value) })}
          />
        </div>
      </div>
    </Panel>
  )
}
