import { useMemo, useState } from 'react'
import { countPerPeriod, hourPeriods, shiftPeriods } from '../../../../shared/count/periods.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { useReview } from '../review-context.ts'
import { useLater } from '../state/use-later.ts'
import { percent } from '../words.ts'
import { periodName } from './period-name.ts'

type Kind = 'hours' | 'shifts'

/** The chosen region's count, hour by hour or shift by shift. */
export function PeriodsTable() {
  const { session, data, region, regionIndex, seconds } = useReview()
  const [kind, setKind] = useState<Kind>('hours')
  const count = useLater(session.recount).counts[regionIndex]
  const { startTime, shifts } = data.review
  const { done } = data
  const list = useMemo(() => {
    const times = { seconds: seconds.subarray(0, done), startTime }
    return kind === 'hours' ? hourPeriods(times) : shiftPeriods(times, shifts)
  }, [kind, seconds, done, startTime, shifts])
  const rows = useMemo(() => (count ? countPerPeriod(count, list) : []), [count, list])
  const most = Math.max(1e-9, ...rows.map(({ share }) => share))
  return (
    <Panel title={`${region.name} over time`}>
      <Segmented
        label="Counts per"
        value={kind}
        options={[
          { value: 'hours', text: startTime === null ? 'Hour of the tape' : 'Hour' },
          { value: 'shifts', text: 'Shift' },
        ]}
        onChange={setKind}
      />
      {kind === 'shifts' && startTime === null && (
        <p className="truth-text">
          Shifts need the time at which the tape begins: set it on the Tape screen.
        </p>
      )}
      <table className="periods">
        <thead>
          <tr>
            <th scope="col">From – to</th>
            <th scope="col">Frames occupied</th>
            <th scope="col">Share</th>
            <th scope="col">Events</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ period, occupied, share, events }) => (
            <tr key={period.start}>
              <th scope="row">{periodName(period, startTime !== null)}</th>
              <td>{occupied.toLocaleString('en')}</td>
              <td>
                <span className="period-share">
                  <i style={{ width: `${(share / most) * 100}%` }} />
                  {percent(share)}
                </span>
              </td>
              <td>{events.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
