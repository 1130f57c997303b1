import { Fragment } from 'react'
import './Prose.css'

/** Text in which `backticks` mark what is typed, as the engine's messages and hints do. */
export function Prose({ text }: { text: string }) {
  return text.split('`').map((part, index) => {
    const key = `${index}:${part}`
    return index % 2 === 1 ? (
      <code className="prose-code" key={key}>
        {part}
      </code>
    ) : (
      <Fragment key={key}>{part}</Fragment>
    )
  })
}

/** An address keeps its letters. */
const beginsWithAddress = /^[a-z][a-z\d+.-]*:\/\//

/** An error's message as a sentence: messages begin small and end without a full stop. */
export function sentence(message: string): string {
  const first = message.charAt(0)
  const begin = beginsWithAddress.test(message) ? first : first.toUpperCase()
  return `${begin}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`
}
