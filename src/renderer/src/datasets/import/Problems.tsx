import { count } from '../../format.ts'
import { useToasts } from '../../state/services.tsx'
import { Button } from '../../ui/Button.tsx'
import { WarningIcon } from '../../ui/icons.tsx'
import './Problems.css'

interface Problem {
  file: string
  why: string
}

interface ProblemsProps {
  /** The first of them. */
  problems: readonly Problem[]
  total: number
}

/** One problem a line, for a file or a mail. */
const textOf = (problems: readonly Problem[]): string =>
  problems.map(({ file, why }) => `${file}\t${why}`).join('\n')

/** What of a set could not be taken, and why, to be read and copied. */
export function Problems({ problems, total }: ProblemsProps) {
  const toasts = useToasts()
  if (total === 0) return null
  const copy = (): void => {
    navigator.clipboard.writeText(textOf(problems)).then(
      () => toasts.tell('The problems are on the clipboard'),
      (error) => toasts.fail(error),
    )
  }
  return (
    <section className="dataset-problems" aria-label="Problems">
      <header>
        <WarningIcon />
        <h3>{count(total, 'problem')}: the rest is taken</h3>
        <Button onClick={copy}>Copy the list</Button>
      </header>
      <ul className="dataset-scroll">
        {problems.map(({ file, why }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change, and may say a thing twice.
          <li key={i}>
            <b>{file}</b> {why}
          </li>
        ))}
      </ul>
      {total > problems.length && (
        <p className="dataset-quiet">The first {problems.length} of them are listed.</p>
      )}
    </section>
  )
}
