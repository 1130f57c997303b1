import './Progress.css'

interface ProgressProps {
  /** What is under way, for screen readers. */
  label: string
  /** From 0 to 1; null = nobody knows. */
  value: number | null
}

/** A bar that fills. */
export function Progress({ label, value }: ProgressProps) {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div
        className="progress-bar"
        data-unknown={percent === undefined}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  )
}
