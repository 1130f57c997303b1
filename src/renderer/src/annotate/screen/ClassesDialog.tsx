import { useState } from 'react'
import { type MaskClass, personIndex } from '../../../../shared/mask.ts'
import { useToasts } from '../../state/services.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { PlusIcon, TrashIcon } from '../../ui/icons.tsx'
import { isUsable, painted, withAnother } from './class-list.ts'
import { useLabel } from './label-context.ts'
import './ClassesDialog.css'

interface RowProps {
  maskClass: MaskClass
  onChange: (change: Partial<MaskClass>) => void
  onRemove: () => void
}

function Row({ maskClass, onChange, onRemove }: RowProps) {
  const { index, name, colour } = maskClass
  return (
    <li className="classes-row">
      <input
        type="color"
        className="classes-colour"
        aria-label={`Colour of ${name}`}
        value={colour}
        onChange={(event) => onChange({ colour: event.target.value })}
      />
      <input
        className="input"
        aria-label={`Name of class ${index}`}
        value={name}
        maxLength={200}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <IconButton
        label={
          index === personIndex
            ? 'This class stays: it is the one that is counted'
            : `Remove ${name}`
        }
        icon={<TrashIcon />}
        side="left"
        disabled={index === personIndex}
        onClick={onRemove}
      />
    </li>
  )
}

/** Names and colours of what is painted, and more of it: forklifts beside people, say. */
export function ClassesDialog({ onClose }: { onClose: () => void }) {
  const { project } = useLabel()
  const toasts = useToasts()
  const [classes, setClasses] = useState(project.state.classes)
  const change = (index: number, part: Partial<MaskClass>): void =>
    setClasses(classes.map((one) => (one.index === index ? { ...one, ...part } : one)))
  const save = async (): Promise<void> => {
    try {
      await project.client.call('classes.set', { project: project.handle, classes })
      await project.store.refresh()
      onClose()
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <Dialog
      title="Classes"
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={!isUsable(classes)} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <p>Counting needs one class, the person. Others tell the network what is none.</p>
      <ul className="classes-list">
        {painted(classes).map((one) => (
          <Row
            key={one.index}
            maskClass={one}
            onChange={(part) => change(one.index, part)}
            onRemove={() => setClasses(classes.filter(({ index }) => index !== one.index))}
          />
        ))}
      </ul>
      <Button icon={<PlusIcon />} onClick={() => setClasses(withAnother(classes))}>
        Add a class
      </Button>
    </Dialog>
  )
}
