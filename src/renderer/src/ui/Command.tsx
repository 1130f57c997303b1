import './Command.css'

interface CommandProps {
  children: string
  /** Whether it is a line for the terminal, and not only something to copy, such as a path. */
  hasPrompt?: boolean
}

/** Words that are copied as they are; one click selects all of them. */
export function Command({ children, hasPrompt = true }: CommandProps) {
  return (
    <code className="command">
      {hasPrompt && <span className="command-prompt" aria-hidden="true" />}
      <span className="command-text">{children}</span>
    </code>
  )
}
