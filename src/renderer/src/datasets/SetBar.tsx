import { useState } from 'react'
import type { Dataset } from '../../../shared/contract/datasets.ts'
import { JobsUnderWay, useJobsUnderWay } from '../jobs/JobsUnderWay.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { MoreIcon, WarningIcon } from '../ui/icons.tsx'
import { SelectField } from '../ui/inputs.tsx'
import { Menu } from '../ui/Menu.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { Problems } from './import/Problems.tsx'
import { SplitDialog } from './numbers/SplitDialog.tsx'
import type { SetPage } from './SetPages.tsx'
import { UndoDialog } from './UndoDialog.tsx'
import { useSet } from './use-sets.ts'
import './SetBar.css'

const pages: readonly { value: SetPage; text: string }[] = [
  { value: 'pictures', text: 'Pictures' },
  { value: 'numbers', text: 'Numbers' },
  { value: 'compare', text: 'Compare' },
]

const dialogs = {
  undo: UndoDialog,
  split: SplitDialog,
  export: ExportDialog,
  problems: AllProblems,
}

type DialogName = keyof typeof dialogs

function AllProblems({ onClose }: { onClose: () => void }) {
  const { name, problems, problemCount } = useSet()
  return (
    <Dialog
      title={`What was not taken of ${name}`}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <Problems problems={problems} total={problemCount} />
    </Dialog>
  )
}

interface SetBarProps {
  sets: readonly Dataset[]
  page: SetPage
  canWrite: boolean
  onChoose: (set: number) => void
  onPage: (page: SetPage) => void
  onImport: () => void
}

/** Which set is looked at, how, and what can be done with it. */
export function SetBar({ sets, page, canWrite, onChoose, onPage, onImport }: SetBarProps) {
  const set = useSet()
  const [open, setOpen] = useState<DialogName | null>(null)
  const imports = useJobsUnderWay().filter(({ kind }) => kind === 'import')
  const Shown = open && dialogs[open]
  return (
    <>
      <header className="datasets-bar">
        <SelectField
          label="Set"
          value={String(set.id)}
          options={sets.map(({ id, name, title }) => ({
            value: String(id),
            text: `${name} (${title})`,
          }))}
          onChange={(id) => onChoose(Number(id))}
        />
        <Segmented label="Show" value={page} options={pages} onChange={onPage} />
        {set.problemCount > 0 && (
          <Button kind="quiet" icon={<WarningIcon />} onClick={() => setOpen('problems')}>
            {set.problemCount.toLocaleString('en')} not taken
          </Button>
        )}
        <span className="datasets-space" />
        <Button disabled={!canWrite} onClick={() => setOpen('split')}>
          Split…
        </Button>
        <Button disabled={!canWrite} onClick={() => setOpen('export')}>
          Export…
        </Button>
        <Button kind="primary" disabled={!canWrite} onClick={onImport}>
          Import…
        </Button>
        <Menu
          label="More about this set"
          icon={<MoreIcon />}
          items={[
            {
              text: 'Undo the import…',
              isDanger: true,
              disabled: !canWrite,
              perform: () => setOpen('undo'),
            },
          ]}
        />
      </header>
      {imports.length > 0 && (
        <div className="datasets-jobs">
          <JobsUnderWay jobs={imports} />
        </div>
      )}
      {Shown && <Shown onClose={() => setOpen(null)} />}
    </>
  )
}
