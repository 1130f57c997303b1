import type { FrameMark } from './frame-marks.ts'

const shapes = {
  labelled: <path d="m2.500 6.500 2.500 2.500 5-6" />,
  empty: <circle cx="6" cy="6" r="4" />,
  suggested: (
    <path d="M6 1.500 7.400 4.600 10.700 5 8.200 7.300 8.900 10.600 6 9 3.100 10.600 3.800 7.300 1.300 5 4.600 4.600z" />
  ),
} as const

type MarkKind = keyof typeof shapes

/** A mark by its kind, as the legend shows it. */
export function Mark({ kind }: { kind: MarkKind }) {
  return (
    <svg
      className={`mark mark-${kind}`}
      viewBox="0 0 12 12"
      fill={kind === 'suggested' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={kind === 'suggested' ? 0.5 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shapes[kind]}
    </svg>
  )
}

/** What is known of a frame, by shape and colour. */
export function MarkIcon({ mark }: { mark: FrameMark }) {
  if (mark.label === 'labelled') return <Mark kind="labelled" />
  if (mark.label === 'empty') return <Mark kind="empty" />
  if (mark.suggested !== null) return <Mark kind="suggested" />
  return null
}

export function FlagMark() {
  return (
    <svg className="mark mark-flagged" viewBox="0 0 12 12" aria-hidden="true">
      <path d="M3 11V1.500h6.500L8 4l1.500 2.500H3" fill="currentColor" stroke="currentColor" />
    </svg>
  )
}
