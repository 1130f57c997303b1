import { useState } from 'react'
import { useToasts } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { choosePath } from './choose-path.ts'
import { FolderPicker, type PickKind } from './FolderPicker.tsx'
import './PathField.css'

interface PathFieldProps {
  label: string
  kind: Exclude<PickKind, 'project'>
  value: string
  onChange: (path: string) => void
  hint?: string
  placeholder?: string
  error?: string | null
}

/** The system's dialogs choose files or folders: for what may be either there is only our own. */
const nativeKinds = { tape: 'tapes', folder: 'folder', set: null, pictures: null } as const

/** A path to type or paste, or to choose: by the system's dialog where there is one. */
export function PathField({ label, kind, value, onChange, placeholder, ...about }: PathFieldProps) {
  const toasts = useToasts()
  const [isPicking, setPicking] = useState(false)
  const browse = async (): Promise<void> => {
    try {
      const native = nativeKinds[kind]
      const path = native ? await choosePath(native) : undefined
      if (path === undefined) setPicking(true)
      else if (path !== null) onChange(path)
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <>
      <Field label={label} {...about}>
        {({ id, describedBy }) => (
          <div className="path-field">
            <input
              className="input"
              id={id}
              value={value}
              placeholder={placeholder}
              spellCheck={false}
              autoComplete="off"
              aria-describedby={describedBy}
              aria-invalid={Boolean(about.error)}
              onChange={(event) => onChange(event.target.value)}
            />
            <Button aria-label={`Browse for ${label.toLowerCase()}`} onClick={() => void browse()}>
              Browse…
            </Button>
          </div>
        )}
      </Field>
      {isPicking && (
        <FolderPicker kind={kind} onChoose={onChange} onClose={() => setPicking(false)} />
      )}
    </>
  )
}
