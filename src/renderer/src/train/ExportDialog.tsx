import { useEffect, useRef, useState } from 'react'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import { PathField } from '../projects/PathField.tsx'
import { useProject } from '../state/project-context.tsx'
import { useToasts } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/inputs.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import type { NetworkDialogProps } from './NetworkRow.tsx'
import { fileNameOf } from './networks.ts'

function useExport({ model }: NetworkDialogProps) {
  const { client, handle } = useProject()
  const toasts = useToasts()
  return async (path: string): Promise<void> => {
    await client.call('models.export', { project: handle, model: model.id, path })
    toasts.tell(`${model.name} is in ${path}`)
  }
}

/** Asks by the system's own dialog, at once. */
function NativeExport(props: NetworkDialogProps) {
  const { model, onClose } = props
  const write = useExport(props)
  const toasts = useToasts()
  const hasAsked = useRef(false)
  useEffect(() => {
    if (hasAsked.current) return
    hasAsked.current = true
    const ask = async (): Promise<void> => {
      const path = await window.maskbench?.chooseSave(fileNameOf(model))
      if (path) await write(path)
    }
    ask()
      .catch((error) => toasts.fail(error))
      .finally(onClose)
  })
  return null
}

/** Where the file goes on the engine's machine. */
function FolderExport(props: NetworkDialogProps) {
  const { model, onClose } = props
  const write = useExport(props)
  const [folder, setFolder] = useState('')
  const [name, setName] = useState(fileNameOf(model))
  const [error, setError] = useState<AppError | null>(null)
  const separator = folder.includes('\\') ? '\\' : '/'
  const path = `${folder.replace(/[\\/]+$/, '')}${separator}${name.trim()}`
  const save = async (): Promise<void> => {
    try {
      await write(path)
      onClose()
    } catch (reason) {
      setError(toAppError(reason))
    }
  }
  return (
    <Dialog
      title={`Export ${model.name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            disabled={folder.trim() === '' || name.trim() === ''}
            onClick={() => void save()}
          >
            Export
          </Button>
        </>
      }
    >
      <p>An ONNX file, which every program with ONNX Runtime opens.</p>
      <PathField label="Folder" kind="folder" value={folder} onChange={setFolder} />
      <TextField label="File name" value={name} onChange={setName} />
      {error && (
        <p className="field-error" role="alert">
          <Prose text={`${sentence(error.message)} ${error.hint}`} />
        </p>
      )}
    </Dialog>
  )
}

/** Writes a network as a file. */
export function ExportDialog(props: NetworkDialogProps) {
  return window.maskbench ? <NativeExport {...props} /> : <FolderExport {...props} />
}
