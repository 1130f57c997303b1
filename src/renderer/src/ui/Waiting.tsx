import './Waiting.css'

/** Something is on its way. It fades in late, so that what is quick shows no flicker. */
export function Waiting({ text }: { text: string }) {
  return (
    <p className="waiting" role="status">
      <span className="waiting-ring" aria-hidden="true" />
      {text}
    </p>
  )
}
