import { type ReactNode, useId } from 'react'

/** One part of the settings. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className="settings-section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className="settings-fields">{children}</div>
    </section>
  )
}
