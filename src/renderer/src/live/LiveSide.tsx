import type { ReactNode } from 'react'
import type { LiveState } from '../../../shared/contract/live.ts'
import { score, stateWord } from '../review/words.ts'
import { colourAt } from '../roi/drawn-region.ts'
import { useProject } from '../state/project-context.tsx'
import { Panel } from '../ui/Panel.tsx'
import { sentence } from '../ui/Prose.tsx'
import { delayText, paceText, rateText, statusText } from './live-text.ts'

/** How the connection is, in numbers; its children end it. */
export function LiveNumbers({ live, children }: { live: LiveState; children: ReactNode }) {
  return (
    <Panel title="Connection" actions={children}>
      <dl className="live-numbers">
        <div>
          <dt>State</dt>
          <dd role="status">
            {statusText(live)}
            {live.error && <p className="live-quiet">{sentence(live.error.message)}</p>}
          </dd>
        </div>
        <div>
          <dt>Address</dt>
          <dd className="live-address">{live.address}</dd>
        </div>
        <div>
          <dt>Looked at</dt>
          <dd>{rateText(live.framesPerSecond)} frames a second</dd>
        </div>
        <div>
          <dt>Delay, from capture to result</dt>
          <dd>{delayText(live.delaySeconds)}</dd>
        </div>
        <div>
          <dt>Network</dt>
          <dd>{live.model}</dd>
        </div>
      </dl>
      <p className="live-quiet">{paceText(live)}</p>
    </Panel>
  )
}

/** Every region with its state in words, and what it is judged by. */
export function LiveRegions({ live }: { live: LiveState }) {
  const { state } = useProject()
  const regions = live.regions.flatMap((region, index) => {
    const drawn = state.regions.find(({ id }) => id === region.id)
    return drawn ? [{ ...region, drawn, colour: colourAt(drawn.colour, index) }] : []
  })
  return (
    <Panel title="Regions">
      {regions.length === 0 ? (
        <p className="live-quiet">
          {live.status !== 'connected'
            ? 'Their states are here once the camera sends pictures.'
            : state.recipe
              ? 'No region is drawn yet: draw them on the screen Regions.'
              : 'Record a tape first; then set the picture on the screen Tape and draw regions.'}
        </p>
      ) : (
        <ul className="live-regions">
          {regions.map(({ id, drawn, colour, occupied, sum, threshold }) => (
            <li key={id} className={occupied ? 'live-region-occupied' : undefined}>
              <span className="live-swatch" style={{ background: colour }} aria-hidden="true" />
              <span className="live-region-name">{drawn.name}</span>
              <strong>{stateWord(occupied)}</strong>
              <span className="live-region-sum">
                {score(sum)} of {score(threshold)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
