/** @file The drawn sets, by name. */
import { drawLungs } from './lungs/draw-lungs.ts'
import { drawMasks } from './masks/draw-masks.ts'
import { drawTanks } from './tanks/draw-tanks.ts'
import type { DrawnSetKind, DrawnSetName } from './types.ts'

const background = { name: 'background', colour: '#000000', parent: null }

export const drawnSets: Readonly<Record<DrawnSetName, DrawnSetKind>> = {
  lungs: {
    description: 'chest radiographs with the two lungs',
    classes: [background, { name: 'lung', colour: '#56b4e9', parent: null }],
    format: 'folders',
    prefix: 'chest',
    draw: drawLungs,
  },
  tanks: {
    description: 'tank farms from the air with round tanks',
    classes: [background, { name: 'tank', colour: '#e69f00', parent: null }],
    format: 'boxes-csv',
    prefix: 'farm',
    draw: drawTanks,
  },
  masks: {
    description: 'people with face masks and hats',
    classes: [
      background,
      { name: 'mask', colour: '#009e73', parent: null },
      { name: 'hat', colour: '#d55e00', parent: null },
    ],
    format: 'via',
    prefix: 'people',
    draw: drawMasks,
  },
}
