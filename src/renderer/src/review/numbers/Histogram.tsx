import type { AnswerHistogram } from '../../../../shared/count/answers.ts'
import { score } from '../words.ts'
import { barsOf, shareOf } from './histogram-bars.ts'

/** In units of the drawing. */
const width = 320
const height = 96
const half = height / 2

/**
 * Frames by score: those you said are occupied upwards, those with nobody downwards, all others as a
 * faint shape behind. The threshold stands between.
 */
export function Histogram({
  histogram,
  threshold,
}: {
  histogram: AnswerHistogram
  threshold: number
}) {
  const bars = barsOf(histogram)
  const step = width / Math.max(1, bars.length)
  const x = shareOf(threshold, histogram) * width
  const highest = histogram.bounds.at(-1) ?? 0
  return (
    <figure className="histogram">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Frames by score, from 0 to ${score(highest)}; threshold at ${score(threshold)}`}
      >
        {bars.map(({ bound, occupied, empty, unanswered }, i) => (
          <g key={bound}>
            <rect
              className="bar-unanswered"
              x={i * step}
              y={half - (unanswered * half) / 2}
              width={step}
              height={unanswered * half}
            />
            <rect
              className="bar-occupied"
              x={i * step + 1}
              y={half - occupied * (half - 2)}
              width={step - 2}
              height={occupied * (half - 2)}
            />
            <rect
              className="bar-empty"
              x={i * step + 1}
              y={half}
              width={step - 2}
              height={empty * (half - 2)}
            />
          </g>
        ))}
        <line className="histogram-middle" x1="0" x2={width} y1={half} y2={half} />
        <line className="histogram-threshold" x1={x} x2={x} y1="0" y2={height} />
      </svg>
      <figcaption>
        <span>0</span>
        <span className="histogram-legend">
          <span>
            <i className="bar-occupied" /> you said occupied (up)
          </span>{' '}
          <span>
            <i className="bar-empty" /> nobody (down)
          </span>{' '}
          <span>
            <i className="bar-unanswered" /> not answered
          </span>
        </span>
        <span>{score(highest)}</span>
      </figcaption>
    </figure>
  )
}
