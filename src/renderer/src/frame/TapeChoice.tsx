import { useFrameCursor } from '../state/frame-cursor.ts'
import { useProject } from '../state/project-context.tsx'

/** Which of several tapes is worked on. With one tape there is nothing to choose. */
export function TapeChoice() {
  const { state } = useProject()
  const cursor = useFrameCursor()
  if (state.tapes.length < 2 || !cursor.tape) return null
  return (
    <select
      className="input top-bar-tape"
      aria-label="Tape"
      value={cursor.tape.id}
      onChange={(event) => cursor.choose(Number(event.target.value))}
    >
      {state.tapes.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
