import { useStore } from '../state/use-store.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { RedoIcon, UndoIcon } from '../ui/icons.tsx'
import { Toolbar, ToolbarGap } from '../ui/Toolbar.tsx'
import { IgnoreIcon, PolygonIcon, RectangleIcon, SelectIcon } from './icons.tsx'
import type { RegionsEditor } from './regions-editor.ts'
import type { RegionTools } from './tools.ts'

interface RegionToolbarProps {
  editor: RegionsEditor
  tools: RegionTools
  canEdit: boolean
}

/** The tools, and what undoes them. */
export function RegionToolbar({ editor, tools, canEdit }: RegionToolbarProps) {
  const { tool, kind } = useStore(tools)
  const { canUndo, canRedo } = useStore(editor)
  const disabled = !canEdit
  const draws = (name: 'polygon' | 'rectangle', of: 'count' | 'ignore'): boolean =>
    tool === name && kind === of
  return (
    <Toolbar label="Tools">
      <IconButton
        label="Select and move"
        icon={<SelectIcon />}
        action="region.select"
        pressed={tool === 'select'}
        disabled={disabled}
        onClick={() => tools.choose('select')}
      />
      <IconButton
        label="Draw a polygon"
        icon={<PolygonIcon />}
        action="region.polygon"
        pressed={draws('polygon', 'count')}
        disabled={disabled}
        onClick={() => tools.choose('polygon', 'count')}
      />
      <IconButton
        label="Draw a rectangle"
        icon={<RectangleIcon />}
        action="region.rectangle"
        pressed={draws('rectangle', 'count')}
        disabled={disabled}
        onClick={() => tools.choose('rectangle', 'count')}
      />
      <IconButton
        label="Draw a part to ignore, such as a screen or a mirror"
        icon={<IgnoreIcon />}
        pressed={draws('polygon', 'ignore')}
        disabled={disabled}
        onClick={() => tools.choose('polygon', 'ignore')}
      />
      <ToolbarGap />
      <IconButton
        label="Undo"
        icon={<UndoIcon />}
        action="region.undo"
        disabled={disabled || !canUndo}
        onClick={() => editor.undo()}
      />
      <IconButton
        label="Redo"
        icon={<RedoIcon />}
        action="region.redo"
        disabled={disabled || !canRedo}
        onClick={() => editor.redo()}
      />
      <ToolbarGap />
    </Toolbar>
  )
}
