import { useState } from 'react'
import { mostDrawn } from '../drawn.ts'
import { useExperimentsDesk } from '../experiments-context.ts'
import { ExperimentRow } from './ExperimentRow.tsx'
import {
  bestValues,
  firstOrder,
  metricNames,
  metrics,
  type Order,
  orderBy,
  ordered,
} from './metrics.ts'

interface HeadProps {
  by: Order['by']
  title: string
  about: string
  order: Order
  isNumber?: boolean
  onOrder: (order: Order) => void
}

/** The head of a column; a click orders by it. */
function Head({ by, title, about, order, isNumber = false, onOrder }: HeadProps) {
  const isHere = order.by === by
  const direction = order.isRising ? 'ascending' : 'descending'
  return (
    <th
      scope="col"
      className={isNumber ? 'experiment-number' : undefined}
      aria-sort={isHere ? direction : undefined}
    >
      <button
        type="button"
        className="experiment-order"
        title={about}
        onClick={() => onOrder(orderBy(by, order))}
      >
        {title}
        <span aria-hidden="true">{isHere ? (order.isRising ? ' ↑' : ' ↓') : ''}</span>
      </button>
    </th>
  )
}

/** Every experiment with its numbers, in an order that is chosen. */
export function TableCard() {
  const { experiments, drawn } = useExperimentsDesk()
  const [order, setOrder] = useState(firstOrder)
  const heads = { order, onOrder: setOrder }
  const best = bestValues(experiments)
  return (
    <section className="experiments-card" aria-labelledby="experiment-table">
      <h2 className="experiments-title" id="experiment-table">
        All experiments
      </h2>
      <div className="experiments-scroll">
        <table className="experiments-table">
          <thead>
            <tr>
              <td>
                <span className="unseen">Drawn</span>
              </td>
              <Head by="name" title="Name" about="By name" {...heads} />
              <Head by="made" title="State" about="The latest first" {...heads} />
              {metricNames.map((metric) => (
                <Head
                  key={metric}
                  by={metric}
                  title={metrics[metric].title}
                  about={metrics[metric].about}
                  isNumber
                  {...heads}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {ordered(experiments, order).map((experiment) => (
              <ExperimentRow
                key={experiment.id}
                experiment={experiment}
                bestValues={best}
                canDraw={drawn.length < mostDrawn}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
