/** @file The tools by name. */
import type { ToolName } from '../paint/settings.ts'
import { BrushTool } from './brush-tool.ts'
import { ClickTool, pickFill, pickProposed, WandTool } from './picking-tools.ts'
import { PolygonTool } from './polygon-tool.ts'
import { DragTool, dragShapes } from './shape-tools.ts'
import { SmartTool } from './smart-tool.ts'
import type { Easel, Tool } from './tool.ts'

export const tools: Readonly<Record<ToolName, (easel: Easel) => Tool>> = {
  brush: (easel) => new BrushTool(easel, 'brush'),
  eraser: (easel) => new BrushTool(easel, 'eraser'),
  ignore: (easel) => new BrushTool(easel, 'ignore'),
  smart: (easel) => new SmartTool(easel),
  polygon: (easel) => new PolygonTool(easel),
  lasso: (easel) => new DragTool(easel, dragShapes.lasso),
  rectangle: (easel) => new DragTool(easel, dragShapes.rectangle),
  ellipse: (easel) => new DragTool(easel, dragShapes.ellipse),
  fill: (easel) => new ClickTool(easel, pickFill),
  wand: (easel) => new WandTool(easel),
  accept: (easel) => new ClickTool(easel, pickProposed),
}

/** Tools whose pointer is a ring of the size that they paint. */
export function hasRing(tool: ToolName): boolean {
  return tool === 'brush' || tool === 'eraser' || tool === 'ignore' || tool === 'smart'
}
