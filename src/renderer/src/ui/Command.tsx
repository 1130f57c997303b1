import './Command.css'

/** A line for the terminal; one click selects all of it. */
export function Command({ children }: { children: string }) {
  return (
    <code className="command">
      <span className="command-prompt" aria-hidden="true" />
      <span className="command-text">{children}</span>
    </code>
  )
}
