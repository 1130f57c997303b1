import { useEffect, useId, useState } from 'react'
import type { Point } from '../../../shared/region.ts'
import { useStore } from '../state/use-store.ts'
import { Field } from '../ui/Field.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { LockIcon, TrashIcon, UpIcon } from '../ui/icons.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { changed, colourOf, type DrawnRegion, regionColours, within } from './drawn-region.ts'
import { DownIcon, DuplicateIcon, OpenLockIcon } from './icons.tsx'
import { PointTable } from './PointTable.tsx'
import type { RegionsEditor } from './regions-editor.ts'
import { nameFieldId, toggleLock } from './use-region-keys.ts'

const kinds = [
  { value: 'count', text: 'Count' },
  { value: 'ignore', text: 'Ignore' },
] as const

/** Everything about the selected region, or what several have in common. */
export function RegionDetails({ editor, canEdit }: { editor: RegionsEditor; canEdit: boolean }) {
  const { regions, selected } = useStore(editor)
  const index = regions.findIndex(({ key }) => key === selected[0])
  const region = regions[index]
  if (!region) return null
  const isOne = selected.length === 1
  return (
    <Panel
      title={isOne ? 'Selected' : `${selected.length} selected`}
      actions={<RegionButtons editor={editor} region={region} canEdit={canEdit} />}
    >
      <fieldset className="region-fields" disabled={!canEdit}>
        {isOne && (
          <EnteredText
            id={nameFieldId}
            label="Name"
            value={region.name}
            onEnter={(name) => name.trim() !== '' && editor.setProperties({ name: name.trim() })}
          />
        )}
        <Segmented
          label="People in it"
          value={region.kind}
          options={kinds}
          onChange={(kind) => editor.setProperties({ kind })}
        />
        <Colours
          value={colourOf(region, index)}
          onChoose={(colour) => editor.setProperties({ colour })}
        />
        {region.kind === 'count' && (
          <>
            <EnteredText
              label="Group"
              hint="Regions of one group count together: somebody in any of them."
              value={region.group ?? ''}
              suggestions={[...new Set(regions.flatMap(({ group }) => group ?? []))]}
              onEnter={(group) => editor.setProperties({ group: group.trim() || null })}
            />
            <EnteredText
              label="Threshold of its own, in pixels"
              hint="Empty = the project’s."
              value={region.threshold === null ? '' : String(region.threshold)}
              onEnter={(text) => {
                const threshold = text.trim() === '' ? null : Number(text)
                if (threshold === null || threshold >= 0) editor.setProperties({ threshold })
              }}
            />
          </>
        )}
        {isOne && (
          <PointTable
            region={region}
            onChange={(points) => setPoints(editor, region, points)}
            onSelect={(point) => editor.select([region.key], point)}
            onRemove={(point) => editor.removePoint(region.key, point)}
          />
        )}
      </fieldset>
    </Panel>
  )
}

function setPoints(editor: RegionsEditor, { key }: DrawnRegion, points: readonly Point[]): void {
  editor.change((regions) =>
    changed(regions, [key], (one) => ({
      ...one,
      points: points.map((point) => within(point, editor.size)),
    })),
  )
}

function RegionButtons({
  editor,
  region,
  canEdit,
}: {
  editor: RegionsEditor
  region: DrawnRegion
  canEdit: boolean
}) {
  const disabled = !canEdit
  return (
    <>
      <IconButton
        label="Up in the list"
        icon={<UpIcon />}
        action="region.up"
        disabled={disabled}
        onClick={() => editor.reorder(-1)}
      />
      <IconButton
        label="Down in the list"
        icon={<DownIcon />}
        action="region.down"
        disabled={disabled}
        onClick={() => editor.reorder(1)}
      />
      <IconButton
        label={region.locked ? 'Unlock' : 'Lock'}
        icon={region.locked ? <LockIcon /> : <OpenLockIcon />}
        action="region.lock"
        pressed={region.locked}
        disabled={disabled}
        onClick={() => toggleLock(editor)}
      />
      <IconButton
        label="Duplicate"
        icon={<DuplicateIcon />}
        action="region.duplicate"
        side="left"
        disabled={disabled}
        onClick={() => editor.duplicate()}
      />
      <IconButton
        label="Delete"
        icon={<TrashIcon />}
        action="region.delete"
        side="left"
        disabled={disabled || region.locked}
        onClick={() => {
          editor.selectPoint(null)
          editor.remove()
        }}
      />
    </>
  )
}

function Colours({ value, onChoose }: { value: string; onChoose: (colour: string) => void }) {
  const name = useId()
  return (
    <fieldset className="region-colours">
      <legend className="field-label">Colour</legend>
      {regionColours.map((colour) => (
        <label key={colour} className="region-colour" style={{ background: colour }}>
          <input
            type="radio"
            name={name}
            aria-label={colour}
            checked={colour === value}
            onChange={() => onChoose(colour)}
          />
        </label>
      ))}
      <label className="region-colour region-colour-other">
        <input
          type="color"
          aria-label="Another colour"
          value={value}
          onChange={(event) => onChoose(event.target.value)}
        />
      </label>
    </fieldset>
  )
}

interface EnteredTextProps {
  label: string
  value: string
  onEnter: (text: string) => void
  hint?: string
  id?: string
  suggestions?: readonly string[]
}

/** A text that counts once one is done with it. */
function EnteredText({ label, value, onEnter, hint, id: fixed, suggestions }: EnteredTextProps) {
  const [text, setText] = useState(value)
  const list = useId()
  useEffect(() => setText(value), [value])
  const enter = (): void => {
    if (text !== value) onEnter(text)
    setText(value)
  }
  return (
    <Field label={label} hint={hint}>
      {({ id, describedBy }) => (
        <>
          <input
            className="input"
            id={fixed ?? id}
            aria-label={label}
            aria-describedby={describedBy}
            list={suggestions ? list : undefined}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onBlur={enter}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.currentTarget.blur()
              if (event.key === 'Escape') setText(value)
            }}
          />
          {suggestions && (
            <datalist id={list}>
              {suggestions.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  )
}
