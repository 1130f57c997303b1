import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { LockIcon, PlusIcon } from '../ui/icons.tsx'
import { Panel } from '../ui/Panel.tsx'
import { colourOf, type DrawnRegion, middleRectangle } from './drawn-region.ts'
import type { RegionsEditor } from './regions-editor.ts'
import type { RegionsSaver } from './regions-saver.ts'
import { type RegionScore, useScores } from './use-scores.ts'

interface RegionListProps {
  editor: RegionsEditor
  saver: RegionsSaver
  tape: number
  frame: number
  canEdit: boolean
}

const saveTexts = { saved: 'Saved', saving: 'Saving…', failed: 'Not saved yet' } as const

/** All regions in their order, with what they hold in this frame. */
export function RegionList({ editor, saver, tape, frame, canEdit }: RegionListProps) {
  const { regions, selected } = useStore(editor)
  const { state, error } = useStore(saver)
  const scores = useScores(tape, frame)
  return (
    <Panel
      title={regions.length === 0 ? 'Regions' : `Regions (${regions.length})`}
      actions={
        <Button
          kind="quiet"
          icon={<PlusIcon />}
          disabled={!canEdit}
          onClick={() => editor.add(middleRectangle(editor.size))}
        >
          Add
        </Button>
      }
    >
      {regions.length === 0 ? (
        <p className="region-about">
          Draw a polygon around each place where you want to know whether somebody is there: press P
          and click its corners.
        </p>
      ) : (
        <ul className="region-list">
          {regions.map((region, index) => (
            <RegionRow
              key={region.key}
              region={region}
              colour={colourOf(region, index)}
              isSelected={selected.includes(region.key)}
              score={region.id === null ? undefined : scores.get(region.id)}
              onSelect={(isAdding) => editor.select(nextSelection(selected, region.key, isAdding))}
            />
          ))}
        </ul>
      )}
      <p className="region-saved" role={error ? 'alert' : 'status'} data-state={state}>
        {error ? `${saveTexts.failed}: ${error.message}. Tried again soon.` : saveTexts[state]}
      </p>
    </Panel>
  )
}

function nextSelection(selected: readonly string[], key: string, isAdding: boolean): string[] {
  if (!isAdding) return [key]
  return selected.includes(key) ? selected.filter((one) => one !== key) : [...selected, key]
}

interface RegionRowProps {
  region: DrawnRegion
  colour: string
  isSelected: boolean
  score: RegionScore | undefined
  onSelect: (isAdding: boolean) => void
}

function RegionRow({ region, colour, isSelected, score, onSelect }: RegionRowProps) {
  const notes = [
    ...(region.kind === 'ignore' ? ['ignored'] : []),
    ...(region.group ? [region.group] : []),
  ]
  return (
    <li>
      <button
        type="button"
        className="region-row"
        aria-pressed={isSelected}
        onClick={(event) => onSelect(event.shiftKey || event.ctrlKey || event.metaKey)}
      >
        <span
          className="region-swatch"
          data-kind={region.kind}
          style={{ background: colour }}
          aria-hidden="true"
        />
        <span className="region-name">{region.name}</span>
        {notes.length > 0 && <span className="region-notes">{notes.join(' · ')}</span>}
        {region.locked && (
          <span className="region-lock" role="img" aria-label="locked">
            <LockIcon />
          </span>
        )}
        {score && <Score score={score} />}
      </button>
    </li>
  )
}

/** How much of a person is there, and what that counts as. */
function Score({ score: { sum, threshold, occupied } }: { score: RegionScore }) {
  if (sum === null) return null
  return (
    <span
      className="region-score"
      data-occupied={occupied === true}
      title={`${Math.round(sum)} pixels of person; occupied above ${Math.round(threshold)}`}
    >
      {Math.round(sum)} px <strong>{occupied ? 'occupied' : 'free'}</strong>
    </span>
  )
}
