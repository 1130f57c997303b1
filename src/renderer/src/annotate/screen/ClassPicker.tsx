import { useState } from 'react'
import { backgroundIndex, ignoreIndex, type MaskClass } from '../../../../shared/mask.ts'
import type { ActionName } from '../../keys/actions.ts'
import { useAction } from '../../keys/use-action.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { KeysOf } from '../../ui/Keycap.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ClassesDialog } from './ClassesDialog.tsx'
import { LockIcon } from './icons.tsx'
import { useLabel, usePaintSettings } from './label-context.ts'

const keyCount = 9

function actionOf(number: number): ActionName | null {
  // The table of keys has these nine.
  return number <= keyCount ? (`class.${number}` as ActionName) : null
}

function ClassKey({ action, onPress }: { action: ActionName; onPress: () => void }) {
  const { canWrite } = useLabel()
  useAction(action, onPress, canWrite)
  return (
    <span className="class-key" aria-hidden="true">
      <KeysOf action={action} first />
    </span>
  )
}

function LockButton({ index, name }: { index: number; name: string }) {
  const { settings, canWrite } = useLabel()
  const { locked } = usePaintSettings()
  const isLocked = locked.includes(index)
  const others = locked.filter((other) => other !== index)
  return (
    <IconButton
      label={
        isLocked ? `Unlock ${name}: it can be painted over` : `Lock ${name}: nothing changes it`
      }
      icon={<LockIcon locked={isLocked} />}
      pressed={isLocked}
      side="left"
      disabled={!canWrite}
      onClick={() => settings.change({ locked: isLocked ? others : [...others, index] })}
    />
  )
}

function ClassRow({ maskClass, number }: { maskClass: MaskClass; number: number }) {
  const { settings, canWrite } = useLabel()
  const { classIndex } = usePaintSettings()
  const { index, name, colour } = maskClass
  const choose = (): void => settings.change({ classIndex: index })
  const action = actionOf(number)
  return (
    <li className={classNames('class-row', index === classIndex && 'is-chosen')}>
      <button
        type="button"
        className="class-choice"
        aria-pressed={index === classIndex}
        disabled={!canWrite}
        onMouseDown={(event) => event.preventDefault()}
        onClick={choose}
      >
        <span className="class-colour" style={{ background: colour }} />
        <span className="class-name">{name}</span>
      </button>
      {action && <ClassKey action={action} onPress={choose} />}
      <LockButton index={index} name={name} />
    </li>
  )
}

/** What is painted: the classes but the background, which the eraser paints. */
export function ClassPicker() {
  const { project, canWrite } = useLabel()
  const [isEditing, setEditing] = useState(false)
  const painted = project.state.classes.filter(({ index }) => index !== backgroundIndex)
  return (
    <Panel
      title="Paint"
      actions={
        <Button kind="quiet" disabled={!canWrite} onClick={() => setEditing(true)}>
          Classes…
        </Button>
      }
    >
      <ul className="class-list">
        {painted.map((maskClass, i) => (
          <ClassRow key={maskClass.index} maskClass={maskClass} number={i + 1} />
        ))}
      </ul>
      {isEditing && <ClassesDialog onClose={() => setEditing(false)} />}
    </Panel>
  )
}

/** A class by its index, for people. */
export function classNameOf(classes: readonly MaskClass[], index: number): string {
  if (index === ignoreIndex) return 'ignore'
  return classes.find((known) => known.index === index)?.name ?? `class ${index}`
}
