import { useEffect, useRef, useState } from 'react'
import type { Folder } from '../../../shared/contract/projects.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import { useServices } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { FileIcon, FilmIcon, FolderIcon, LensIcon, UpIcon } from '../ui/icons.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import './FolderPicker.css'

/**
 * What is looked for: a tape (a file, or a folder of pictures), a folder, a project, a set (a file or a
 * folder), pictures (one, a folder of them, or a tape).
 */
export type PickKind = 'tape' | 'folder' | 'project' | 'set' | 'pictures'

type Entry = Folder['entries'][number]

const icons: Readonly<Record<Entry['kind'], typeof FolderIcon>> = {
  folder: FolderIcon,
  project: LensIcon,
  tape: FilmIcon,
  other: FileIcon,
}

const titles: Readonly<Record<PickKind, string>> = {
  tape: 'Choose a tape',
  folder: 'Choose a folder',
  project: 'Open a project',
  set: 'Choose a set',
  pictures: 'Choose a picture, a folder or a tape',
}

/** Which entries can be chosen; folders are gone into. */
const choosable: Readonly<Record<PickKind, readonly Entry['kind'][]>> = {
  tape: ['tape', 'other'],
  folder: [],
  project: ['project'],
  set: ['tape', 'other'],
  pictures: ['tape', 'other'],
}

/** The words on the button that takes the folder itself; null where that makes no sense. */
const takeFolder: Readonly<Record<PickKind, string | null>> = {
  tape: 'Use the pictures in this folder',
  folder: 'Use this folder',
  project: null,
  set: 'Use this folder',
  pictures: 'Use the pictures in this folder',
}

/** A folder's content as the engine tells it; the one before stays until the next is there. */
function useFolder(path: string | undefined): { folder: Folder | null; error: AppError | null } {
  const { engine } = useServices()
  const [folder, setFolder] = useState<Folder | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  useEffect(() => {
    let isWanted = true
    engine.client.call('folders.list', path === undefined ? {} : { path }).then(
      (found) => {
        if (!isWanted) return
        setFolder(found)
        setError(null)
      },
      (reason) => isWanted && setError(toAppError(reason)),
    )
    return () => {
      isWanted = false
    }
  }, [engine, path])
  return { folder, error }
}

interface EntriesProps {
  folder: Folder
  kind: PickKind
  onEnter: (path: string) => void
  onChoose: (path: string) => void
}

function Entries({ folder, kind, onEnter, onChoose }: EntriesProps) {
  const list = useRef<HTMLUListElement>(null)
  // A change of folder takes the focus with it, for those who go by keys.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the folder is what changes
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus()
  }, [folder.path])
  if (folder.entries.length === 0) return <p className="picker-none">This folder is empty.</p>
  return (
    <ul className="picker-list" ref={list}>
      {folder.entries.map(({ name, path, kind: entryKind }) => {
        const EntryIcon = icons[entryKind]
        const canChoose = choosable[kind].includes(entryKind)
        return (
          <li key={path}>
            <button
              type="button"
              className="picker-entry"
              data-kind={entryKind}
              disabled={entryKind !== 'folder' && !canChoose}
              onClick={() => (canChoose ? onChoose(path) : onEnter(path))}
            >
              <EntryIcon />
              {name}
            </button>
          </li>
        )
      })}
    </ul>
  )
}

interface FolderPickerProps {
  kind: PickKind
  onChoose: (path: string) => void
  onClose: () => void
}

/** Looks for a file or folder on the engine's machine, where there is no dialog of the system. */
export function FolderPicker({ kind, onChoose, onClose }: FolderPickerProps) {
  const [path, setPath] = useState<string | undefined>(undefined)
  const { folder, error } = useFolder(path)
  const take = (chosen: string): void => {
    onChoose(chosen)
    onClose()
  }
  const here = folder && path !== undefined && folder.path !== '' ? folder.path : null
  const takeText = takeFolder[kind]
  const isRoot = here === null
  return (
    <Dialog
      title={titles[kind]}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {takeText && (
            <Button
              kind={kind === 'folder' ? 'primary' : 'plain'}
              disabled={isRoot}
              onClick={() => here && take(here)}
            >
              {takeText}
            </Button>
          )}
        </>
      }
    >
      <div className="picker-place">
        <IconButton
          label="One folder up"
          icon={<UpIcon />}
          side="right"
          disabled={isRoot}
          onClick={() => setPath(folder?.parent ?? undefined)}
        />
        <span className="picker-path">
          <bdi>{here ?? 'Places to begin at'}</bdi>
        </span>
      </div>
      {error && (
        <p className="field-error" role="alert">
          <Prose text={`${sentence(error.message)} ${error.hint}`} />
        </p>
      )}
      {folder ? (
        <Entries folder={folder} kind={kind} onEnter={setPath} onChoose={take} />
      ) : (
        !error && <Waiting text="Reading the folder…" />
      )}
    </Dialog>
  )
}
