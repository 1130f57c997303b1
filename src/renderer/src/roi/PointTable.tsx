import type { Point } from '../../../shared/region.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { CloseIcon, PlusIcon } from '../ui/icons.tsx'
import type { DrawnRegion } from './drawn-region.ts'

interface PointTableProps {
  region: DrawnRegion
  onChange: (points: readonly Point[]) => void
  onSelect: (index: number) => void
  onRemove: (index: number) => void
}

/** The corners as numbers: the way to move, add and remove them without a pointer. */
export function PointTable({ region, onChange, onSelect, onRemove }: PointTableProps) {
  const { points, locked } = region
  const set = (index: number, axis: 0 | 1, value: number): void => {
    if (!Number.isFinite(value)) return
    onChange(
      points.map(([x, y], i): Point => {
        if (i !== index) return [x, y]
        return axis === 0 ? [value, y] : [x, value]
      }),
    )
  }
  return (
    <details className="region-points">
      <summary>{points.length} corners</summary>
      <ol className="region-point-list">
        {points.map(([x, y], i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place in the outline.
          <li key={`${i} ${x} ${y}`} className="region-point">
            <input
              className="input"
              type="number"
              aria-label={`Corner ${i + 1}, x`}
              defaultValue={x}
              disabled={locked}
              onFocus={() => onSelect(i)}
              onBlur={(event) =>
                event.target.valueAsNumber !== x && set(i, 0, event.target.valueAsNumber)
              }
            />
            <input
              className="input"
              type="number"
              aria-label={`Corner ${i + 1}, y`}
              defaultValue={y}
              disabled={locked}
              onFocus={() => onSelect(i)}
              onBlur={(event) =>
                event.target.valueAsNumber !== y && set(i, 1, event.target.valueAsNumber)
              }
            />
            <IconButton
              label={`Remove corner ${i + 1}`}
              icon={<CloseIcon />}
              side="left"
              disabled={locked || points.length <= 3}
              onClick={() => onRemove(i)}
            />
          </li>
        ))}
      </ol>
      <Button
        kind="quiet"
        icon={<PlusIcon />}
        disabled={locked}
        onClick={() => onChange(withCorner(points))}
      >
        Add a corner
      </Button>
    </details>
  )
}

/** A corner more, in the middle of the last edge. */
function withCorner(points: readonly Point[]): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return points
  return [...points, [(first[0] + last[0]) / 2, (first[1] + last[1]) / 2]]
}
