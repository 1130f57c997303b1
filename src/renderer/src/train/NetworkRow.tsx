import type { Model } from '../../../shared/contract/models.ts'
import { ago, dateTime } from '../format.ts'
import { useProject } from '../state/project-context.tsx'
import { Button } from '../ui/Button.tsx'
import { MoreIcon, TrashIcon, WarningIcon } from '../ui/icons.tsx'
import { Menu, type MenuItem } from '../ui/Menu.tsx'
import { shortened } from '../ui/shortened.ts'
import { provenanceOf } from './networks.ts'
import { useActivate, useModels } from './networks-context.ts'
import './NetworkRow.css'

export type NetworkWish = 'rename' | 'compare' | 'export' | 'trash'

export interface NetworkDialogProps {
  model: Model
  onClose: () => void
}

function itemsOf(
  { kind }: Model,
  isReadOnly: boolean,
  count: number,
  onWish: (wish: NetworkWish) => void,
): MenuItem[] {
  const isFixed = kind === 'built-in'
  return [
    { text: 'Rename…', disabled: isReadOnly || isFixed, perform: () => onWish('rename') },
    { text: 'Compare…', disabled: count < 2, perform: () => onWish('compare') },
    { text: 'Export…', perform: () => onWish('export') },
    {
      text: 'Move to the trash…',
      icon: <TrashIcon />,
      isDanger: true,
      disabled: isReadOnly || isFixed,
      perform: () => onWish('trash'),
    },
  ]
}

function Numbers({ model }: { model: Model }) {
  const selection = model.training?.selection
  if (!selection) return <span className="network-numbers" />
  const [before, after] = [selection.base.personIou, selection.new.personIou]
  return (
    <span className="network-numbers">
      <span className="network-overlap">
        {before.toFixed(2)} → <strong data-better={after > before}>{after.toFixed(2)}</strong>
      </span>
      <span className="train-quiet">overlap with your masks</span>
    </span>
  )
}

/** Characters of a network's name that are shown. */
const longestName = 64

interface NetworkRowProps {
  model: Model
  onWish: (wish: NetworkWish) => void
}

/** A network: its name, where it comes from, how good it was found to be. */
export function NetworkRow({ model, onWish }: NetworkRowProps) {
  const { mode } = useProject()
  const models = useModels()
  const activate = useActivate()
  const { name, active, problem, createdAt } = model
  const made = createdAt === null ? null : new Date(createdAt)
  return (
    <li className="network" data-active={active}>
      <div className="network-text">
        <p className="network-name">
          <span title={name}>{shortened(name, longestName)}</span>
          {active && <span className="train-badge">in use</span>}
        </p>
        <p className="train-quiet">
          {provenanceOf(model, models).join(' · ')}
          {made && (
            <>
              {' · '}
              <time dateTime={made.toISOString()} title={dateTime(made)}>
                {ago(made, new Date())}
              </time>
            </>
          )}
        </p>
        {problem !== null && (
          <p className="network-problem">
            <WarningIcon />
            {problem}
          </p>
        )}
      </div>
      <Numbers model={model} />
      {active ? (
        <span />
      ) : (
        <Button
          disabled={mode === 'read' || problem !== null}
          aria-label={`Use ${name}`}
          onClick={() => void activate(model)}
        >
          Use
        </Button>
      )}
      <Menu
        label={`What to do with ${name}`}
        icon={<MoreIcon />}
        items={itemsOf(model, mode === 'read', models.length, onWish)}
      />
    </li>
  )
}
