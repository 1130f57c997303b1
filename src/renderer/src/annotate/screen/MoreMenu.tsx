import { useState } from 'react'
import { MoreIcon } from '../../ui/icons.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { useLabel } from './label-context.ts'
import { MasksDialog } from './MasksDialog.tsx'
import type { LabelActions } from './use-label-actions.ts'

/** What is done with masks less often: in and out as files, and taking a label off. */
export function MoreMenu({ actions }: { actions: LabelActions }) {
  const { canWrite } = useLabel()
  const [asked, setAsked] = useState<'export' | 'import' | null>(null)
  return (
    <>
      <Menu
        label="More about masks"
        icon={<MoreIcon />}
        items={[
          { text: 'Export masks…', disabled: !canWrite, perform: () => setAsked('export') },
          { text: 'Import masks…', disabled: !canWrite, perform: () => setAsked('import') },
          {
            text: 'Take the label off this frame',
            isDanger: true,
            disabled: !canWrite || !actions.isLabelled,
            perform: actions.removeLabel,
          },
        ]}
      />
      {asked && <MasksDialog key={asked} way={asked} onClose={() => setAsked(null)} />}
    </>
  )
}
