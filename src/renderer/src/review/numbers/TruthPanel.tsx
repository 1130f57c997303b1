import { useDeferredValue, useMemo } from 'react'
import { agreement, answerHistogram, bestThreshold } from '../../../../shared/count/answers.ts'
import { countInterval } from '../../../../shared/count/interval.ts'
import { useStore } from '../../state/use-store.ts'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import type { AnsweredPosition } from '../items/answered.ts'
import { useReview } from '../review-context.ts'
import { thresholdOf } from '../state/recount.ts'
import { rounded } from '../timeline/score-scale.ts'
import { Histogram } from './Histogram.tsx'
import { agreementText, bestText, countedText, intervalText, outdatedText } from './truth-words.ts'

const bins = 32

interface TruthPanelProps {
  answered: readonly (readonly AnsweredPosition[])[]
}

/** The count of the chosen region, and what the reviewer's answers say about it. */
export function TruthPanel({ answered }: TruthPanelProps) {
  const { session, region, regionIndex } = useReview()
  const { tried, counts } = useStore(session.recount)
  const threshold = thresholdOf(tried, regionIndex)
  const { sums } = region
  const list = answered[regionIndex]
  const answers = useMemo(
    () => new Map(list?.map(({ position, occupied }) => [position, occupied])),
    [list],
  )
  const histogram = useMemo(() => answerHistogram(sums, answers, bins), [sums, answers])
  const best = useMemo(() => bestThreshold(sums, answers), [sums, answers])
  const now = useMemo(() => agreement(sums, answers, threshold), [sums, answers, threshold])
  // An interval takes some milliseconds: it follows a drag a little later.
  const settled = useDeferredValue(threshold)
  const interval = useMemo(() => countInterval(sums, settled, answers), [sums, settled, answers])
  const count = counts[regionIndex]
  if (!count) return null
  return (
    <Panel title={`Count of ${region.name}`}>
      <p className="truth-count">{countedText(count)}</p>
      <p className="truth-interval">{intervalText(interval)}</p>
      {region.outdated > 0 && <p className="truth-text">{outdatedText(region.outdated)}</p>}
      <Histogram {...{ histogram, threshold }} />
      <p className="truth-text">{agreementText(now)}</p>
      <div className="truth-best">
        <Button
          disabled={best === null || rounded(best.threshold) === threshold}
          onClick={() => best && session.recount.tryThreshold(regionIndex, rounded(best.threshold))}
        >
          Best threshold
        </Button>
        <p className="truth-text">{bestText(best, list?.length ?? 0)}</p>
      </div>
    </Panel>
  )
}
