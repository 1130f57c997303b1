import { useEffect, useRef } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import { Prose, sentence } from '../ui/Prose.tsx'

/** Why what was asked for cannot be, at the end of a form; it comes into view. */
export function FormError({ error }: { error: AppError | null }) {
  const ref = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (error) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [error])
  if (!error) return null
  return (
    <p className="field-error" role="alert" ref={ref}>
      <Prose text={`${sentence(error.message)} ${error.hint}`} />
    </p>
  )
}
