import { Fragment } from 'react'
import type { ActionName } from '../../keys/actions.ts'
import { useAction } from '../../keys/use-action.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Toolbar, ToolbarGap } from '../../ui/Toolbar.tsx'
import type { ToolName } from '../paint/settings.ts'
import { ToolIcon } from './icons.tsx'
import { useLabel, usePaintSettings } from './label-context.ts'

/** Tools in groups, with what they are called. */
const groups: readonly (readonly [ToolName, string])[][] = [
  [
    ['brush', 'Brush'],
    ['eraser', 'Eraser'],
    ['smart', 'Smart brush: paints what looks alike'],
  ],
  [
    ['polygon', 'Polygon'],
    ['lasso', 'Lasso'],
    ['rectangle', 'Rectangle'],
    ['ellipse', 'Ellipse'],
  ],
  [
    ['fill', 'Fill'],
    ['wand', 'Magic wand: picks a colour, drag for more of it'],
    ['accept', 'Accept parts of a proposal by a click'],
  ],
  [['ignore', 'Ignore brush: neither learnt from nor scored']],
]

function ToolButton({ tool, label }: { tool: ToolName; label: string }) {
  const { settings, canWrite } = useLabel()
  const { tool: chosen } = usePaintSettings()
  const action: ActionName = `tool.${tool}`
  const take = (): void => settings.change({ tool })
  useAction(action, take, canWrite)
  return (
    <IconButton
      label={label}
      action={action}
      icon={<ToolIcon tool={tool} />}
      pressed={tool === chosen}
      side="right"
      disabled={!canWrite}
      onClick={take}
    />
  )
}

export function ToolBar() {
  return (
    <Toolbar label="Tools" orientation="vertical" className="label-tools">
      {groups.map((group, index) => (
        <Fragment key={group[0]?.[0]}>
          {index > 0 && <ToolbarGap />}
          {group.map(([tool, label]) => (
            <ToolButton key={tool} tool={tool} label={label} />
          ))}
        </Fragment>
      ))}
    </Toolbar>
  )
}
