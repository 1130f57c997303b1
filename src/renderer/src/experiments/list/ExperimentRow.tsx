import type { ExperimentSummary } from '../../../../shared/contract/experiments.ts'
import { useExperimentsDesk } from '../experiments-context.ts'
import { epochsText, titleOf } from '../words.ts'
import { type MetricName, metricNames, metrics } from './metrics.ts'
import { StateBadge } from './StateBadge.tsx'

interface RowProps {
  experiment: ExperimentSummary
  bestValues: ReadonlyMap<MetricName, number>
  canDraw: boolean
}

/** An experiment: whether it is drawn, its name, and its numbers. */
export function ExperimentRow({ experiment, bestValues, canDraw }: RowProps) {
  const { here, show, drawn, draw, colourOf } = useExperimentsDesk()
  const { id, name, state, parent } = experiment
  const isDrawn = drawn.includes(id)
  const isHere = here?.id === id
  return (
    <tr data-here={isHere}>
      <td className="experiment-draw">
        <input
          type="checkbox"
          aria-label={`Draw ${titleOf(experiment)}`}
          checked={isDrawn}
          disabled={!isDrawn && !canDraw}
          onChange={(event) => draw(id, event.target.checked)}
        />
        <span
          className="experiment-swatch"
          style={isDrawn ? { background: `var(--${colourOf(id)})` } : undefined}
        />
      </td>
      <th scope="row">
        <button
          type="button"
          className="experiment-name"
          aria-current={isHere ? 'true' : undefined}
          onClick={() => show(id)}
        >
          <span className="experiments-quiet">#{id}</span> {name}
        </button>
        {parent?.experiment != null && (
          <span className="experiment-parent">after #{parent.experiment}</span>
        )}
      </th>
      <td>
        <StateBadge state={state} />{' '}
        {state !== 'draft' && state !== 'queued' && (
          <span className="experiments-quiet">{epochsText(experiment)}</span>
        )}
      </td>
      {metricNames.map((metric) => {
        const value = metrics[metric].of(experiment)
        return (
          <td
            key={metric}
            className="experiment-number"
            data-best={value !== null && bestValues.get(metric) === value}
          >
            {value === null ? '–' : metrics[metric].format(value, experiment)}
          </td>
        )
      })}
    </tr>
  )
}
